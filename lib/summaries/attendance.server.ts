import 'server-only'
import { db } from '@/lib/platform/db.server'
import { WORKOUT_SECONDS } from '@/lib/telemetry/attendance.server'

/** Seconds of the workout that each participant was present: the union of what their screens and samples said, by person. */
export async function secondsPresent(classId: string): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ personId: string; seconds: number }[]>`
    SELECT p."personId", COALESCE(sum(upper(part) - lower(part)), 0)::int AS seconds
    FROM participants p JOIN classes c ON c.id = p."classId"
    LEFT JOIN LATERAL unnest(p.present_s * int4multirange(int4range(0, ${WORKOUT_SECONDS}))) AS part ON true
    WHERE p."classId" = ${classId} GROUP BY p."personId"`
  return new Map(rows.map(({ personId, seconds }) => [personId, seconds]))
}
