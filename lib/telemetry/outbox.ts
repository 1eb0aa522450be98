import type { Chunk, OpenRecorder } from './chunk'

/** A recorder as its own device keeps it. Times in ms; `epoch` and `bootId` say which monotonic clock `startedMonoMs` was read from. */
export type StoredRun = {
  readonly runId: string
  readonly classId: string
  readonly participantId: string
  readonly source: OpenRecorder['source']
  readonly label: string
  /** `false`: the samples never leave this device. */
  readonly keep: boolean
  readonly bootId: string
  readonly epoch: number
  readonly startedMonoMs: number
  readonly startedWallMs: number
  /** Server time of second 0, once it is known. */
  readonly startedAtMs: number | null
  readonly clockUncertaintyMs: number | null
  readonly recorderId: string | null
  readonly grant: string | null
  /** Set when the run is over; -1 for a run with no chunk. */
  readonly lastSeq: number | null
  /** The page died: the server may hold a fuller last chunk than the draft left here, so it is asked before anything is sent. */
  readonly adopted: boolean
  /** The server's code when it will not take this run; its chunks stay here. */
  readonly refusal: string | null
}
export type StoredChunk = { readonly runId: string; readonly chunk: Chunk; readonly refusal: string | null }
/** A run that stays on this device, placed in server time. */
export type LocalRun = { readonly source: StoredRun['source']; readonly startedAtMs: number; readonly chunks: readonly Chunk[] }
/** [from, to) of seq. */
export type SeqRange = readonly [number, number]

/** What is written down on this device until the server has acknowledged it. */
export interface Outbox {
  /** `false`: in memory only, gone with the tab. */
  readonly durable: boolean
  runs(): Promise<StoredRun[]>
  addRun(run: StoredRun): Promise<void>
  updateRun(runId: string, change: Partial<StoredRun>): Promise<void>
  deleteRun(runId: string): Promise<void>
  /** The chunk that is still growing: replaced at each call, gone once a chunk of its number is added. */
  putDraft(runId: string, draft: Chunk, touchedWallMs: number): Promise<void>
  draftTouchedWallMs(runId: string): Promise<number | null>
  /** For a run whose page died: its draft becomes its last chunk. Sets `lastSeq` and `adopted`. */
  adopt(runId: string): Promise<void>
  addChunks(runId: string, chunks: readonly Chunk[]): Promise<void>
  /** In order of seq. */
  chunks(runId: string): Promise<StoredChunk[]>
  refuse(runId: string, seqs: readonly number[], code: string): Promise<void>
  /** Deletes what was acknowledged; a refused chunk stays, though the server has another under its number. */
  acknowledge(runId: string, ranges: readonly SeqRange[]): Promise<void>
  close(): void
}

const within = (seq: number, ranges: readonly SeqRange[]): boolean => ranges.some(([from, to]) => seq >= from && seq < to)
export const isAcknowledged = (stored: StoredChunk, ranges: readonly SeqRange[]): boolean =>
  stored.refusal === null && within(stored.chunk.seq, ranges)

/** For browsers without IndexedDB (private windows), and for when its disk is full. */
export class MemoryOutbox implements Outbox {
  readonly durable = false
  readonly #runs = new Map<string, StoredRun>()
  readonly #chunks = new Map<string, Map<number, StoredChunk>>()
  readonly #drafts = new Map<string, { draft: Chunk; touchedWallMs: number }>()

  async runs(): Promise<StoredRun[]> {
    return [...this.#runs.values()]
  }
  async addRun(run: StoredRun): Promise<void> {
    this.#runs.set(run.runId, run)
  }
  async updateRun(runId: string, change: Partial<StoredRun>): Promise<void> {
    const run = this.#runs.get(runId)
    if (run !== undefined) this.#runs.set(runId, { ...run, ...change })
  }
  async deleteRun(runId: string): Promise<void> {
    this.#runs.delete(runId)
    this.#chunks.delete(runId)
    this.#drafts.delete(runId)
  }
  async putDraft(runId: string, draft: Chunk, touchedWallMs: number): Promise<void> {
    this.#drafts.set(runId, { draft, touchedWallMs })
  }
  async draftTouchedWallMs(runId: string): Promise<number | null> {
    return this.#drafts.get(runId)?.touchedWallMs ?? null
  }
  async adopt(runId: string): Promise<void> {
    const draft = this.#drafts.get(runId)?.draft
    if (draft !== undefined) await this.addChunks(runId, [draft])
    const last = Math.max(-1, ...(await this.chunks(runId)).map(({ chunk }) => chunk.seq))
    await this.updateRun(runId, { lastSeq: last, adopted: true })
  }
  async addChunks(runId: string, chunks: readonly Chunk[]): Promise<void> {
    const stored = this.#chunks.get(runId) ?? new Map<number, StoredChunk>()
    this.#chunks.set(runId, stored)
    for (const chunk of chunks) {
      stored.set(chunk.seq, { runId, chunk, refusal: null })
      if ((this.#drafts.get(runId)?.draft.seq ?? Infinity) <= chunk.seq) this.#drafts.delete(runId)
    }
  }
  async chunks(runId: string): Promise<StoredChunk[]> {
    return [...(this.#chunks.get(runId)?.values() ?? [])].sort((a, b) => a.chunk.seq - b.chunk.seq)
  }
  async refuse(runId: string, seqs: readonly number[], code: string): Promise<void> {
    for (const seq of seqs) {
      const stored = this.#chunks.get(runId)?.get(seq)
      if (stored !== undefined) this.#chunks.get(runId)?.set(seq, { ...stored, refusal: code })
    }
  }
  async acknowledge(runId: string, ranges: readonly SeqRange[]): Promise<void> {
    const stored = this.#chunks.get(runId)
    for (const [seq, chunk] of stored ?? []) if (isAcknowledged(chunk, ranges)) stored?.delete(seq)
  }
  close(): void {}
}
