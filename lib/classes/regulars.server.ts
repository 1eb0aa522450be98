import 'server-only'
import { db } from '@/lib/platform/db.server'
import { WORKOUT_SECONDS } from '@/lib/telemetry/attendance.server'
import { type Comer, type Misser, REGULAR_WINDOW, regularsOf } from './turnout'

export type Turnout = { readonly came: readonly Comer[]; readonly missed: readonly Misser[] }
type Row = {
  participantId: string
  personId: string
  name: string
  guest: boolean
  removed: boolean
  paid: boolean
  firstTime: boolean
  seconds: number
  first: number
  last: number
  startSecond: number
  endSecond: number
}

/**
 * Who came to a class that is over, and which regulars did not. Only time present counts, not a booking and not a name on the list. Whoever
 * was removed is no regular of that class, and whoever has left the series is missed no more. Throws for a class that is not over.
 */
export async function readTurnout(classId: string): Promise<Turnout> {
  const { seriesId, startsAt, series } = await db.liveClass.findUniqueOrThrow({
    where: { id: classId, workoutEndedAt: { not: null } },
    select: { seriesId: true, startsAt: true, series: { select: { hostId: true } } },
  })
  const rows = await db.$queryRaw<Row[]>`
    SELECT p.id AS "participantId", p."personId", p.name, h."guestOfId" IS NOT NULL AS guest, p."removedAt" IS NOT NULL AS removed,
           p."paidAt" IS NOT NULL AS paid, time.seconds, time.first, time.last, clock."startSecond", clock."endSecond",
           NOT EXISTS (SELECT FROM participants q JOIN classes d ON d.id = q."classId"
             WHERE q."personId" = p."personId" AND d."seriesId" = c."seriesId" AND d."startsAt" < c."startsAt" AND NOT isempty(q.present_s)) AS "firstTime"
    FROM participants p JOIN people h ON h.id = p."personId" JOIN classes c ON c.id = p."classId"
    CROSS JOIN LATERAL (SELECT
      GREATEST(0, round(extract(epoch FROM COALESCE(c."workoutStartedAt", c."startsAt") - c."startsAt")))::int AS "startSecond",
      ${WORKOUT_SECONDS} AS "endSecond") AS clock
    CROSS JOIN LATERAL (SELECT COALESCE(sum(upper(part) - lower(part)), 0)::int AS seconds, min(lower(part))::int AS first, max(upper(part))::int AS last
      FROM unnest(p.present_s * int4multirange(int4range(0, clock."endSecond"))) AS part) AS time
    WHERE p."classId" = ${classId} AND p.role = 'member' AND time.seconds > 0
    ORDER BY p.seat`
  const came = rows.map(({ first, last, startSecond, endSecond, seconds, ...row }) => ({
    ...row,
    presentSeconds: seconds,
    firstSecond: first - startSecond,
    leftSecondsEarly: endSecond - last,
  }))
  return { came, missed: await findMissed({ seriesId, startsAt, hostId: series.hostId }, new Set(came.map(({ personId }) => personId))) }
}

async function findMissed(of: { seriesId: string; startsAt: Date; hostId: string }, here: ReadonlySet<string>): Promise<Misser[]> {
  const regulars = regularsOf(await listCame(of))
  const absent = [...regulars.keys()].filter((personId) => !here.has(personId))
  const people = await db.person.findMany({
    where: { id: { in: absent }, NOT: { follows: { some: { seriesId: of.seriesId, leftAt: { not: null } } } } },
    select: {
      id: true,
      name: true,
      guestOfId: true,
      seats: { where: { liveClass: { seriesId: of.seriesId } }, orderBy: { firstSeenAt: 'desc' }, take: 1, select: { name: true } },
    },
  })
  return people
    .map(({ id, name, guestOfId, seats }) => ({
      personId: id,
      name: seats[0]?.name ?? name,
      guest: guestOfId !== null,
      streak: regulars.get(id)?.streak ?? 0,
    }))
    .sort((one, other) => other.streak - one.streak || one.name.localeCompare(other.name))
}

/** Who came to each of the classes of the series before this one, newest first. */
async function listCame({ seriesId, startsAt }: { seriesId: string; startsAt: Date }): Promise<Array<Set<string>>> {
  const classes = await db.liveClass.findMany({
    where: { seriesId, startsAt: { lt: startsAt }, workoutEndedAt: { not: null } },
    orderBy: { startsAt: 'desc' },
    take: REGULAR_WINDOW,
    select: { id: true },
  })
  const rows = await db.$queryRaw<Array<{ classId: string; personId: string }>>`
    SELECT "classId", "personId" FROM participants
    WHERE "classId" = ANY(${classes.map(({ id }) => id)}) AND role = 'member' AND "removedAt" IS NULL AND NOT isempty(present_s)`
  return classes.map(({ id }) => new Set(rows.filter(({ classId }) => classId === id).map(({ personId }) => personId)))
}
