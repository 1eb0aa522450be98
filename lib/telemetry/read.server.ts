import 'server-only'
import { type Db, db } from '@/lib/platform/db.server'
import { CHUNK_SECONDS } from './chunk'
import { type RecordedIntervals, splitIntervals } from './intervals'
import { eachMetric, layOutRun, type RunColumns, type SOURCE_RANK } from './run-samples'

/** One recorder, read back at 1 Hz. Times are the server's, ms; `bpm[i]` is the second that begins `i` s after `startedAtMs`. */
export type RecordedRun = RunColumns & {
  readonly recorderId: string
  readonly source: keyof typeof SOURCE_RANK
  readonly rank: number
  /** Order of opening; unique. */
  readonly createdOrder: number
  readonly startedAtMs: number
  /** As PostgreSQL writes the multirange of chunks received: with chunks immutable, this names the contents. */
  readonly received: string
  /** The run is over and all of it is here. */
  readonly complete: boolean
  /** The samples are gone by their owner's policy; what was made of them must not be made anew. */
  readonly agedOut: boolean
}

type Row = { [M in keyof RunColumns]: (number | null)[] | null }
type RecorderRow = Row & {
  id: string
  key: bigint
  source: RecordedRun['source']
  rank: number
  startedAt: Date
  received: string
  complete: boolean
  agedOut: boolean
  isSealed: boolean
}
type ChunkRow = Row & { key: bigint; seq: number }

/** All runs of one participant, in order of opening. */
export async function readRuns(participantId: string, tx: Db = db): Promise<RecordedRun[]> {
  const recorders = await tx.$queryRaw<RecorderRow[]>`
    SELECT r.id, r.key, r.source::text AS source, r.rank, r."startedAt", r.received::text AS received,
           COALESCE(r."lastSeq" < 0 OR r.received @> int4range(0, r."lastSeq" + 1), false) AS complete,
           r."agedOutAt" IS NOT NULL AS "agedOut", s."recorderKey" IS NOT NULL AS "isSealed",
           s.bpm, s.effort, s.cadence, s.watts, s.speed
    FROM recorders r LEFT JOIN sealed_runs s ON s."recorderKey" = r.key WHERE r."participantId" = ${participantId} ORDER BY r.key`
  if (recorders.length === 0) return []
  const chunks = await tx.$queryRaw<ChunkRow[]>`
    SELECT "recorderKey" AS key, seq, bpm, effort, cadence, watts, speed FROM chunks
    WHERE "recorderKey" = ANY (${recorders.map(({ key }) => key)}) ORDER BY "recorderKey", seq`
  const byRecorder = new Map<bigint, ChunkRow[]>(recorders.map(({ key }) => [key, []]))
  for (const chunk of chunks) byRecorder.get(chunk.key)?.push(chunk)
  return recorders.map((row) => ({
    ...{ recorderId: row.id, source: row.source, rank: row.rank, createdOrder: Number(row.key), startedAtMs: row.startedAt.getTime() },
    ...{ received: row.received, complete: row.complete, agedOut: row.agedOut },
    ...(row.isSealed ? eachMetric((metric) => row[metric] ?? []) : layOutRun(byRecorder.get(row.key) ?? [])),
  }))
}

type IntervalRow = { startedAt: Date; rank: number; seq: number | null; rr: number[]; counts: number[] | null }

/** All RR intervals of one participant, by the chunk that they came in. */
export async function readIntervals(participantId: string, tx: Db = db): Promise<RecordedIntervals[]> {
  const rows = await tx.$queryRaw<IntervalRow[]>`
    SELECT r."startedAt", r.rank, c.seq, c.rr, NULL::smallint[] AS counts FROM chunks c JOIN recorders r ON r.key = c."recorderKey"
    WHERE r."participantId" = ${participantId} AND cardinality(c.rr) > 0
    UNION ALL
    SELECT r."startedAt", r.rank, NULL, s.rr, s."rrCounts" FROM sealed_runs s JOIN recorders r ON r.key = s."recorderKey"
    WHERE r."participantId" = ${participantId} AND cardinality(s.rr) > 0`
  return rows.flatMap(({ startedAt, rank, seq, rr, counts }) =>
    counts ? splitIntervals(startedAt.getTime(), rank, rr, counts) : splitIntervals(startedAt.getTime() + (seq ?? 0) * CHUNK_SECONDS * 1000, rank, rr, [rr.length]),
  )
}
