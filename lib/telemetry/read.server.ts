import 'server-only'
import { type Db, db } from '@/lib/platform/db.server'
import { layOutRun } from './run-samples'

/** One recorder, read back at 1 Hz. Times are the server's, ms; `bpm[i]` is the second that begins `i` s after `startedAtMs`. */
export type RecordedRun = {
  readonly recorderId: string
  readonly source: 'heart_rate_strap' | 'replay' | 'effort' | 'simulated'
  readonly rank: number
  /** Order of opening; unique. */
  readonly createdOrder: number
  readonly startedAtMs: number
  readonly bpm: ReadonlyArray<number | null>
  readonly effort: ReadonlyArray<number | null>
  /** As PostgreSQL writes the multirange of chunks received: with chunks immutable, this names the contents. */
  readonly received: string
  /** The run is over and all of it is here. */
  readonly complete: boolean
}

type RecorderRow = {
  id: string
  key: bigint
  source: RecordedRun['source']
  rank: number
  startedAt: Date
  received: string
  complete: boolean
}
type ChunkRow = { key: bigint; seq: number; bpm: (number | null)[]; effort: (number | null)[] }

/** All runs of one participant, in order of opening. */
export async function readRuns(participantId: string, tx: Db = db): Promise<RecordedRun[]> {
  const recorders = await tx.$queryRaw<RecorderRow[]>`
    SELECT id, key, source::text AS source, rank, "startedAt", received::text AS received,
           COALESCE("lastSeq" < 0 OR received @> int4range(0, "lastSeq" + 1), false) AS complete
    FROM recorders WHERE "participantId" = ${participantId} ORDER BY key`
  if (recorders.length === 0) return []
  const chunks = await tx.$queryRaw<ChunkRow[]>`
    SELECT "recorderKey" AS key, seq, bpm, effort FROM chunks
    WHERE "recorderKey" = ANY (${recorders.map(({ key }) => key)}) ORDER BY "recorderKey", seq`
  const byRecorder = new Map<bigint, ChunkRow[]>(recorders.map(({ key }) => [key, []]))
  for (const chunk of chunks) byRecorder.get(chunk.key)?.push(chunk)
  return recorders.map(({ id, key, source, rank, startedAt, received, complete }) => ({
    ...{ recorderId: id, source, rank, createdOrder: Number(key), startedAtMs: startedAt.getTime(), received, complete },
    ...layOutRun(byRecorder.get(key) ?? []),
  }))
}
