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
  /** The samples are gone by their owner's policy; what was made of them must not be made anew. */
  readonly agedOut: boolean
}

type RecorderRow = {
  id: string
  key: bigint
  source: RecordedRun['source']
  rank: number
  startedAt: Date
  received: string
  complete: boolean
  agedOut: boolean
  bpm: (number | null)[] | null
  effort: (number | null)[] | null
}
type ChunkRow = { key: bigint; seq: number; bpm: (number | null)[]; effort: (number | null)[] }

/** All runs of one participant, in order of opening. */
export async function readRuns(participantId: string, tx: Db = db): Promise<RecordedRun[]> {
  const recorders = await tx.$queryRaw<RecorderRow[]>`
    SELECT r.id, r.key, r.source::text AS source, r.rank, r."startedAt", r.received::text AS received,
           COALESCE(r."lastSeq" < 0 OR r.received @> int4range(0, r."lastSeq" + 1), false) AS complete,
           r."agedOutAt" IS NOT NULL AS "agedOut", s.bpm, s.effort
    FROM recorders r LEFT JOIN sealed_runs s ON s."recorderKey" = r.key WHERE r."participantId" = ${participantId} ORDER BY r.key`
  if (recorders.length === 0) return []
  const chunks = await tx.$queryRaw<ChunkRow[]>`
    SELECT "recorderKey" AS key, seq, bpm, effort FROM chunks
    WHERE "recorderKey" = ANY (${recorders.map(({ key }) => key)}) ORDER BY "recorderKey", seq`
  const byRecorder = new Map<bigint, ChunkRow[]>(recorders.map(({ key }) => [key, []]))
  for (const chunk of chunks) byRecorder.get(chunk.key)?.push(chunk)
  return recorders.map(({ id, key, source, rank, startedAt, received, complete, agedOut, bpm, effort }) => ({
    ...{ recorderId: id, source, rank, createdOrder: Number(key), startedAtMs: startedAt.getTime(), received, complete, agedOut },
    ...(bpm || effort ? { bpm: bpm ?? [], effort: effort ?? [] } : layOutRun(byRecorder.get(key) ?? [])),
  }))
}
