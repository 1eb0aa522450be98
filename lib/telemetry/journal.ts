import type { Chunk } from './chunk'
import { MemoryOutbox, type Outbox, type StoredRun } from './outbox'
import type { Recording, RecordingSink } from './recording'

/** Chunks that the server will not have, with its code; they stay on this device. */
export type Refused = { readonly runId: string; readonly classId: string; readonly code: string; readonly chunks: number }
type Unsent = { run: StoredRun; chunks: Chunk[]; draft: () => Chunk | null }

/**
 * Writes what is recorded into the outbox, one write after the other, and keeps beside it in memory what this page recorded and the
 * server has not acknowledged: leaving must send without reading a disk, and a disk that fails must lose nothing that is still here.
 */
export class Journal implements RecordingSink {
  readonly #unsent = new Map<string, Unsent>()
  readonly #draftQueued = new Set<string>()
  #outboxes: Promise<Outbox[]>
  #writes: Promise<void> = Promise.resolve()
  #pending = 0
  #refused: readonly Refused[] = []
  #durable = true

  constructor(
    outbox: Promise<Outbox>,
    private readonly wallMs: () => number,
    private readonly changed: () => void,
  ) {
    this.#outboxes = outbox.then((opened) => {
      this.#durable = opened.durable
      return [opened]
    })
  }

  get pending(): number {
    return this.#pending
  }
  get refused(): readonly Refused[] {
    return this.#refused
  }
  get durable(): boolean {
    return this.#durable
  }

  begun(run: StoredRun, recording: Pick<Recording, 'draft'>): void {
    this.#unsent.set(run.runId, { run, chunks: [], draft: () => recording.draft() })
    this.#write((outbox) => outbox.addRun(run))
  }

  chunks(run: StoredRun, chunks: Chunk[]): void {
    this.#unsent.get(run.runId)?.chunks.push(...chunks)
    if (run.keep) this.#pending += chunks.length
    this.#write((outbox) => outbox.addChunks(run.runId, chunks))
    this.changed()
  }

  /** At most one write of a draft waits at a time, and it writes the draft as it is then: a slow disk gets fewer, never older, ones. */
  drafted(run: StoredRun): void {
    if (this.#draftQueued.has(run.runId)) return
    this.#draftQueued.add(run.runId)
    this.#write(async (outbox) => {
      this.#draftQueued.delete(run.runId)
      const draft = this.#unsent.get(run.runId)?.draft() ?? null
      if (draft !== null) await outbox.putDraft(run.runId, draft, this.wallMs())
    })
  }

  ended(run: StoredRun, lastSeq: number): void {
    const unsent = this.#unsent.get(run.runId)
    if (unsent !== undefined) this.#unsent.set(run.runId, { ...unsent, run: { ...unsent.run, lastSeq }, draft: () => null })
    this.#write((outbox) => outbox.updateRun(run.runId, { lastSeq }))
  }

  /** The outboxes, once everything recorded so far is in them. */
  async settled(): Promise<readonly Outbox[]> {
    await this.#writes
    return this.#outboxes
  }

  /** What this page could send this moment, without waiting for anything. */
  unsentNow(): ReadonlyArray<{ readonly run: StoredRun; readonly chunks: readonly Chunk[] }> {
    return [...this.#unsent.values()].filter(({ run }) => run.keep && run.refusal === null)
  }

  /** Remembers where a run stands in server time, as soon as that is known, so that it outlives this page. */
  placed(runId: string, startedAtMs: number, clockUncertaintyMs: number): void {
    const unsent = this.#unsent.get(runId)
    if (unsent === undefined || unsent.run.startedAtMs !== null) return
    unsent.run = { ...unsent.run, startedAtMs, clockUncertaintyMs }
    this.#write((outbox) => outbox.updateRun(runId, { startedAtMs, clockUncertaintyMs }))
  }
  ownRuns(): readonly StoredRun[] {
    return [...this.#unsent.values()].map(({ run }) => run)
  }

  /** Reads back what is left, after sending. */
  async recount(): Promise<void> {
    let pending = 0
    const refused: Refused[] = []
    const left = new Map<string, { run: StoredRun; seqs: Set<number> }>()
    // Only what was written before reading may be taken as gone when it is not found.
    const written = new Map([...this.#unsent].map(([runId, { chunks }]) => [runId, chunks.length]))
    for (const outbox of await this.settled()) {
      for (const run of await outbox.runs()) {
        const stored = await outbox.chunks(run.runId)
        const stuck = stored.filter(({ refusal }) => run.refusal !== null || refusal !== null)
        const code = run.refusal ?? stuck[0]?.refusal
        if (code != null && stuck.length > 0) refused.push({ runId: run.runId, classId: run.classId, code, chunks: stuck.length })
        if (run.keep) pending += stored.length - stuck.length
        left.set(run.runId, { run, seqs: new Set(stored.map(({ chunk }) => chunk.seq)) })
      }
    }
    for (const [runId, unsent] of this.#unsent) {
      const found = left.get(runId)
      if (found === undefined) {
        if (unsent.run.lastSeq !== null && written.has(runId)) this.#unsent.delete(runId)
        continue
      }
      unsent.run = { ...found.run, lastSeq: unsent.run.lastSeq }
      const before = written.get(runId) ?? 0
      unsent.chunks = unsent.chunks.filter(({ seq }, index) => index >= before || found.seqs.has(seq))
    }
    this.#pending = pending
    this.#refused = refused
    this.changed()
  }

  async close(): Promise<void> {
    for (const outbox of await this.settled()) outbox.close()
  }

  #write(work: (outbox: Outbox) => Promise<void>): void {
    this.#writes = this.#writes.then(async () => {
      const outbox = (await this.#outboxes).at(-1)
      if (outbox === undefined) return
      await work(outbox).catch((cause: unknown) => (outbox.durable ? this.#goOnInMemory() : Promise.reject(cause)))
    })
  }

  /** The disk is full or was taken away. What is on it is still sent from it; what this page holds goes on in memory, and the page says so. */
  async #goOnInMemory(): Promise<void> {
    const memory = new MemoryOutbox()
    for (const { run, chunks } of this.#unsent.values()) {
      await memory.addRun(run)
      await memory.addChunks(run.runId, chunks)
    }
    this.#outboxes = Promise.resolve([...(await this.#outboxes), memory])
    this.#durable = false
    this.changed()
  }
}
