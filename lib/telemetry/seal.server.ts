import 'server-only'
import { KEEP_DAYS } from '@/lib/accounts/profile'
import { now } from '@/lib/platform/clock'
import { type Db, db } from '@/lib/platform/db.server'
import { TAKEN_FOR_MS } from './ingest.server'
import { layOutRun, type RunColumns } from './run-samples'

/** Runs of one call: a nightly job calls until there are none. */
const A_BATCH = 200
const DAY_MS = 86_400_000

type ChunkRow = { [M in keyof RunColumns]: (number | null)[] | null } & { seq: number; rr: number[] }

/**
 * Puts each run that takes no more data into one row, and its chunks away: about a byte a value instead of 84 (a row a sample) in the same
 * PostgreSQL. Returns how many. Each run is a transaction of its own; running twice at once is safe.
 */
export async function sealRuns(): Promise<number> {
  const due = await db.$queryRaw<Array<{ key: bigint }>>`
    SELECT r.key FROM recorders r JOIN classes c ON c.id = r."classId"
    WHERE COALESCE(c."workoutEndedAt", c."plannedEndAt") < ${new Date(now() - TAKEN_FOR_MS)}
      AND EXISTS (SELECT FROM chunks k WHERE k."recorderKey" = r.key)
    ORDER BY r.key LIMIT ${A_BATCH}`
  for (const { key } of due) await db.$transaction((tx) => sealRun(tx, key))
  return due.length
}

async function sealRun(tx: Db, key: bigint): Promise<void> {
  // Ingest holds this row while it stores; after it, the class is too old for more.
  await tx.$queryRaw`SELECT key FROM recorders WHERE key = ${key} FOR UPDATE`
  const chunks = await tx.$queryRaw<ChunkRow[]>`SELECT seq, rr, bpm, effort, cadence, watts, speed FROM chunks WHERE "recorderKey" = ${key} ORDER BY seq`
  if (chunks.length === 0) return
  const { bpm, effort, cadence, watts, speed } = layOutRun(chunks)
  const rrCounts = Array.from({ length: (chunks.at(-1)?.seq ?? -1) + 1 }, () => 0)
  for (const { seq, rr } of chunks) rrCounts[seq] = rr.length
  const rr = chunks.flatMap((chunk) => chunk.rr)
  await tx.$executeRaw`
    INSERT INTO sealed_runs ("recorderKey", rr, "rrCounts", bpm, effort, cadence, watts, speed)
    VALUES (${key}, ${orNull(rr)}::smallint[], ${rr.length === 0 ? null : rrCounts}::smallint[], ${orNull(bpm)}::smallint[], ${orNull(effort)}::smallint[],
            ${orNull(cadence)}::smallint[], ${orNull(watts)}::smallint[], ${orNull(speed)}::smallint[])`
  await tx.$executeRaw`DELETE FROM chunks WHERE "recorderKey" = ${key}`
}

/** A metric that was never measured takes no room. */
const orNull = <T>(values: readonly T[]): readonly T[] | null => (values.some((value) => value !== null) ? values : null)

/**
 * Deletes samples that are older than their owner keeps them, in the history too; that they were recorded, and the figures made of them,
 * stay as they are. Returns how many runs.
 */
export async function ageOutRuns(): Promise<number> {
  const at = new Date(now())
  const rows = await db.$queryRaw<Array<{ key: bigint }>>`
    WITH old AS (
      SELECT r.key FROM recorders r JOIN classes c ON c.id = r."classId" LEFT JOIN profiles p ON p."personId" = r."personId"
      WHERE r."agedOutAt" IS NULL
        AND COALESCE(c."workoutEndedAt", c."plannedEndAt") < ${at}::timestamptz - GREATEST(COALESCE(p."keepDays", ${KEEP_DAYS}) * INTERVAL '1 day', ${TAKEN_FOR_MS + DAY_MS} * INTERVAL '1 millisecond')
      ORDER BY r.key LIMIT ${A_BATCH} FOR UPDATE OF r SKIP LOCKED),
    marked AS (UPDATE recorders SET "agedOutAt" = ${at} WHERE key IN (SELECT key FROM old) RETURNING key, "personId", "classId"),
    emptied AS (UPDATE activities a SET recording = NULL FROM marked m
      WHERE a.source = 'class_recording' AND a."personId" = m."personId" AND a."externalId" = m."classId"),
    unsealed AS (DELETE FROM sealed_runs WHERE "recorderKey" IN (SELECT key FROM marked)),
    unkept AS (DELETE FROM chunks WHERE "recorderKey" IN (SELECT key FROM marked))
    SELECT key FROM marked`
  return rows.length
}
