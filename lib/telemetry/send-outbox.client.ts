import { AppError, type ErrorCode } from '@/lib/platform/app-error'
import type { Api } from '@/lib/platform/api.client'
import { type Chunk, MAX_UPLOAD_BYTES, OpenedRecorder, type Upload, UploadAcknowledged } from './chunk'
import type { Outbox, SeqRange, StoredRun } from './outbox'
import type { RetryPace } from './retry-pace'

/** Server time of a run's second 0 and how well it is known, both ms; null while this device has not reached the server. */
export type Placing = { readonly startedAtMs: number; readonly clockUncertaintyMs: number }

/** Answers that no retry will change: the run, or the chunk, is kept here and reported. */
const FINAL: readonly ErrorCode[] = [
  'invalid_input',
  'malformed_json',
  'invalid_grant',
  'not_found',
  'conflict',
  'expired',
  'too_late',
  'unsupported_media',
  'class_cancelled',
]
/** A run that the server would not open for this long (nobody signed in, consent never given) is not asked about any more. */
const OPEN_FOR_MS = 8 * 86_400_000
const MAX_CHUNKS = 64
/** Leaves room for the envelope. */
const BODY_BYTES = MAX_UPLOAD_BYTES - 1024

export const uploadPath = (recorderId: string): `/api/${string}` => `/api/recorders/${recorderId}/chunks`
export const grantHeader = (grant: string): Record<string, string> => ({ authorization: `Bearer ${grant}` })

/** As many chunks from the front as one body may carry. All of it is ASCII, so characters are bytes. */
export function packUpload(chunks: readonly Chunk[], budget = BODY_BYTES): Chunk[] {
  const packed: Chunk[] = []
  let bytes = 0
  for (const chunk of chunks.slice(0, MAX_CHUNKS)) {
    bytes += JSON.stringify(chunk).length + 1
    if (bytes > budget) break
    packed.push(chunk)
  }
  return packed
}

const codeOf = (cause: unknown): ErrorCode => (cause instanceof AppError ? cause.code : 'unavailable')

/** What sending needs to know of the device. */
export type SendingFrom = {
  readonly api: Api
  readonly pace: RetryPace
  readonly monoMs: () => number
  readonly wallMs: () => number
  place(run: StoredRun): Placing | null
}

/**
 * Sends what is in the outbox and due: opens what has no recorder yet, then uploads in order of seq, and deletes only what the server
 * says it has. No answer of the server makes it throw; a broken outbox does.
 */
export async function sendOutbox(outbox: Outbox, from: SendingFrom): Promise<void> {
  for (const run of await outbox.runs()) {
    if (!run.keep || run.refusal !== null || !from.pace.isDue(run.runId, from.monoMs())) continue
    const opened = run.recorderId === null || run.grant === null ? await open(outbox, run, from) : run
    const sent = opened !== null && (await new RunSender(outbox, from.api, opened).send())
    if (sent) from.pace.succeeded(run.runId)
    else from.pace.failed(run.runId, from.monoMs())
  }
}

async function open(outbox: Outbox, run: StoredRun, { api, place, wallMs }: SendingFrom): Promise<StoredRun | null> {
  const empty = run.lastSeq === -1 && (await outbox.chunks(run.runId)).length === 0
  if (empty) {
    await outbox.deleteRun(run.runId)
    return run
  }
  const placing = place(run)
  if (placing === null) return null
  const { runId, classId, participantId, source, label } = run
  const startedAt = Math.round(placing.startedAtMs)
  const clockUncertaintyMs = Math.min(60_000, Math.ceil(placing.clockUncertaintyMs))
  try {
    const body = { runId, classId, participantId, source, label, startedAt, clockUncertaintyMs }
    const { recorderId, grant } = await api('POST', '/api/recorders', { body, reply: OpenedRecorder })
    await outbox.updateRun(runId, { recorderId, grant, startedAtMs: startedAt, clockUncertaintyMs })
    return { ...run, recorderId, grant }
  } catch (cause) {
    const code = codeOf(cause)
    const tooOld = wallMs() - run.startedWallMs > OPEN_FOR_MS
    if (FINAL.includes(code) || tooOld) await outbox.updateRun(runId, { refusal: code })
    return FINAL.includes(code) || tooOld ? { ...run, refusal: code } : null
  }
}

class RunSender {
  constructor(
    private readonly outbox: Outbox,
    private readonly api: Api,
    private readonly run: StoredRun,
  ) {}

  /** False when the rest has to wait. */
  async send(): Promise<boolean> {
    if (this.run.recorderId === null || this.run.grant === null || this.run.refusal !== null) return true
    // The server may hold a fuller last chunk, sent while the page was dying: what it has is not sent again in other bytes.
    if (this.run.adopted && !(await this.upload([]))) return false
    if (this.run.adopted) await this.outbox.updateRun(this.run.runId, { adopted: false })
    let told = false
    for (;;) {
      const pending = await this.#pending()
      if (pending.length === 0 && (told || this.run.lastSeq === null)) break
      if (!(await this.upload(packUpload(pending)))) return (await this.#refusal()) !== null
      told = true
      if ((await this.#pending()).length >= pending.length && pending.length > 0) return false
    }
    // Whatever was refused stays on this device, and its run with it.
    if (this.run.lastSeq !== null && (await this.outbox.chunks(this.run.runId)).length === 0) await this.outbox.deleteRun(this.run.runId)
    return true
  }

  /** One request; when the server finds a chunk invalid, halves until the one is found, so that it holds up no other. */
  private async upload(chunks: Chunk[]): Promise<boolean> {
    const { runId, recorderId, grant, lastSeq } = this.run
    if (recorderId === null || grant === null) return false
    const body: Upload = lastSeq === null ? { chunks } : { chunks, lastSeq }
    try {
      const { received } = await this.api('POST', uploadPath(recorderId), { body, headers: grantHeader(grant), reply: UploadAcknowledged })
      await this.outbox.acknowledge(runId, received)
      return true
    } catch (cause) {
      const code = codeOf(cause)
      if (code === 'chunk_mismatch' && cause instanceof AppError) return this.#mismatch(cause, chunks)
      if ((code === 'invalid_input' || code === 'too_large') && chunks.length > 1) {
        const half = Math.ceil(chunks.length / 2)
        return (await this.upload(chunks.slice(0, half))) && (await this.upload(chunks.slice(half)))
      }
      if ((code === 'invalid_input' || code === 'too_large') && chunks.length === 1) {
        await this.outbox.refuse(
          runId,
          chunks.map((chunk) => chunk.seq),
          code,
        )
        return true
      }
      if (FINAL.includes(code)) await this.outbox.updateRun(runId, { refusal: code })
      return false
    }
  }

  /** The server has other bytes under these numbers. It stored the rest of the request and says so. */
  async #mismatch(cause: AppError, sent: readonly Chunk[]): Promise<boolean> {
    const seqs = new Set((cause.fields?.mismatched ?? '').split(',').map(Number))
    const refused = sent.filter((chunk) => seqs.has(chunk.seq)).map((chunk) => chunk.seq)
    if (refused.length === 0) return false
    await this.outbox.refuse(this.run.runId, refused, 'chunk_mismatch')
    await this.outbox.acknowledge(this.run.runId, parseRanges(cause.fields?.received))
    return true
  }

  async #pending(): Promise<Chunk[]> {
    return (await this.outbox.chunks(this.run.runId)).filter((stored) => stored.refusal === null).map((stored) => stored.chunk)
  }

  async #refusal(): Promise<string | null> {
    return (await this.outbox.runs()).find((run) => run.runId === this.run.runId)?.refusal ?? null
  }
}

/** `0-4,6-9` → [[0, 4], [6, 9]]: ranges [from, to) as an error's field carries them. */
function parseRanges(text = ''): SeqRange[] {
  return [...text.matchAll(/(\d+)-(\d+)/g)].map(([, from, to]): SeqRange => [Number(from), Number(to)])
}
