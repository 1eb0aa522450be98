import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { sha256 } from '@/lib/platform/crypto.server'
import { transaction } from '@/lib/platform/db.server'
import { CHUNK_SECONDS, type Chunk, chunkSeconds, chunkText, type Upload, type UploadAcknowledged } from './chunk'

type Client = Parameters<Parameters<typeof transaction>[0]>[0]

export const TAKEN_FOR_MS = 7 * 86_400_000
/** Nobody is present for longer than this, whatever the clocks say. */
const LONGEST_CLASS_S = 86_400

/** Late data is taken for seven days after the end. */
export const isTooLate = (of: { workoutEndedAt: Date | null; plannedEndAt: Date }): boolean =>
  now() - (of.workoutEndedAt ?? of.plannedEndAt).getTime() > TAKEN_FOR_MS

type RecorderRow = {
  key: string
  classId: string
  personId: string
  participantId: string
  startedAt: Date
  lastSeq: number | null
  startsAt: Date
  workoutEndedAt: Date | null
  plannedEndAt: Date
  /** The owner's newest word on keeping samples, towards this class's trainer. */
  keep: string | null
}
type Stored = { received: [number, number][]; mismatched: number[] }

/**
 * Stores chunks in one transaction with the ranges received, the time present, and the mark that a summary has to be computed again. A
 * chunk that is there already in the same bytes is acknowledged again; in other bytes it is refused, while the rest of the upload is
 * stored: `chunk_mismatch` carries `mismatched` (`4,5`) and `received` (`0-4,6-9`, [from, to)). Throws `too_late`, `not_found`, and
 * `not_allowed` for anything new once its owner took back that samples are kept, on whatever device.
 */
export async function ingest(recorderId: string, upload: Upload): Promise<UploadAcknowledged> {
  const { received, mismatched } = await transaction((client) => store(client, recorderId, upload))
  if (mismatched.length === 0) return { received }
  const fields = { mismatched: mismatched.join(','), received: received.map((range) => range.join('-')).join(',') }
  throw new AppError(
    'chunk_mismatch',
    'Some chunks are stored already with other contents. They were not changed; the rest was stored.',
    fields,
  )
}

async function store(client: Client, recorderId: string, { chunks, lastSeq }: Upload): Promise<Stored> {
  const recorder = await lockRecorder(client, recorderId)
  if (isTooLate(recorder)) throw new AppError('too_late', 'This class ended more than seven days ago. Its record is closed.')
  const bySeq = new Map<number, { chunk: Chunk; sha: string }>()
  const mismatched = new Set<number>()
  for (const chunk of chunks) {
    const sha = sha256(chunkText(chunk))
    const known = bySeq.get(chunk.seq)
    if (known === undefined) bySeq.set(chunk.seq, { chunk, sha })
    else if (known.sha !== sha) mismatched.add(chunk.seq)
  }
  const sent = [...bySeq.values()]
  const inserted = await insertChunks(client, recorder.key, sent)
  if (inserted.size > 0 && recorder.keep !== 'yes') throw new AppError('not_allowed', 'Its owner does not want samples kept any more.')
  for (const seq of await findMismatched(
    client,
    recorder.key,
    sent.filter(({ chunk }) => !inserted.has(chunk.seq)),
  ))
    mismatched.add(seq)
  const isNews = inserted.size > 0 || (lastSeq !== undefined && lastSeq !== recorder.lastSeq)
  if (isNews) {
    await client.query(
      'UPDATE recorders SET received = received + $2::int4multirange, "lastSeq" = GREATEST("lastSeq", $3) WHERE key = $1',
      [recorder.key, multirange([...inserted].map((seq) => [seq, seq + 1])), lastSeq ?? null],
    )
    // The lock on this row is what a summary being computed holds: its end cannot pass over what is stored here.
    await client.query('UPDATE participants SET present_s = present_s + $2::int4multirange WHERE id = $1', [
      recorder.participantId,
      presentSeconds(
        recorder,
        sent.filter(({ chunk }) => inserted.has(chunk.seq)).map(({ chunk }) => chunk),
      ),
    ])
    await client.query('UPDATE summaries SET dirty = true WHERE "classId" = $1 AND "personId" = $2', [recorder.classId, recorder.personId])
  }
  return { received: await receivedRanges(client, recorder.key), mismatched: [...mismatched].sort((a, b) => a - b) }
}

async function lockRecorder(client: Client, recorderId: string): Promise<RecorderRow> {
  const { rows } = await client.query<RecorderRow>(
    `SELECT r.key, r."classId", r."personId", r."participantId", r."startedAt", r."lastSeq", c."startsAt", c."workoutEndedAt", c."plannedEndAt",
            (SELECT k.choice FROM consents k WHERE k."personId" = r."personId" AND k."trainerId" = s."hostId" AND k.purpose = 'keep'
             ORDER BY k.id DESC LIMIT 1) AS keep
     FROM recorders r JOIN classes c ON c.id = r."classId" JOIN class_series s ON s.id = c."seriesId" WHERE r.id = $1 FOR UPDATE OF r`,
    [recorderId],
  )
  if (rows[0] === undefined) throw new AppError('not_found', 'This recording was deleted.')
  return rows[0]
}

/** Returns the numbers that were not there before. */
async function insertChunks(client: Client, key: string, sent: ReadonlyArray<{ chunk: Chunk; sha: string }>): Promise<Set<number>> {
  if (sent.length === 0) return new Set()
  const { rows } = await client.query<{ seq: number }>(
    `INSERT INTO chunks ("recorderKey", seq, sha256, rr, bpm, effort, cadence, watts, speed)
     SELECT $1, seq, decode(sha, 'hex'), rr, bpm, effort, cadence, watts, speed
     FROM jsonb_to_recordset($2::jsonb) AS c(seq int, sha text, rr smallint[],
          bpm smallint[], effort smallint[], cadence smallint[], watts smallint[], speed smallint[])
     ON CONFLICT DO NOTHING RETURNING seq`,
    [key, JSON.stringify(sent.map(({ chunk, sha }) => ({ ...chunk, sha })))],
  )
  return new Set(rows.map(({ seq }) => seq))
}

async function findMismatched(client: Client, key: string, known: ReadonlyArray<{ chunk: Chunk; sha: string }>): Promise<number[]> {
  if (known.length === 0) return []
  const { rows } = await client.query<{ seq: number; sha: string }>(
    `SELECT seq, encode(sha256, 'hex') AS sha FROM chunks WHERE "recorderKey" = $1 AND seq = ANY ($2)`,
    [key, known.map(({ chunk }) => chunk.seq)],
  )
  const stored = new Map(rows.map(({ seq, sha }) => [seq, sha]))
  return known.filter(({ chunk, sha }) => stored.get(chunk.seq) !== sha).map(({ chunk }) => chunk.seq)
}

async function receivedRanges(client: Client, key: string): Promise<[number, number][]> {
  const { rows } = await client.query<{ from: number; to: number }>(
    'SELECT lower(part) AS "from", upper(part) AS "to" FROM recorders, unnest(received) AS part WHERE key = $1 ORDER BY 1',
    [key],
  )
  return rows.map(({ from, to }): [number, number] => [from, to])
}

/** The seconds of the class that chunks span. A recording played faster than it happened reaches beyond now; its owner does not. */
function presentSeconds({ startedAt, startsAt }: RecorderRow, chunks: readonly Chunk[]): string {
  const at = (ms: number): number => Math.min(LONGEST_CLASS_S, Math.max(0, Math.round((Math.min(ms, now()) - startsAt.getTime()) / 1000)))
  return multirange(
    chunks.map((chunk): [number, number] => {
      const fromMs = startedAt.getTime() + chunk.seq * CHUNK_SECONDS * 1000
      return [at(fromMs), at(fromMs + chunkSeconds(chunk) * 1000)]
    }),
  )
}

/** As PostgreSQL reads it; empty ranges add nothing. */
export const multirange = (ranges: ReadonlyArray<readonly [number, number]>): string =>
  `{${ranges.map(([from, to]) => `[${from},${to})`).join(',')}}`
