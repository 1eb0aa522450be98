import 'server-only'
import { currentConsents } from '@/lib/accounts/consent.server'
import { readTurnout } from '@/lib/classes/regulars.server'
import { similarPairs } from '@/lib/classes/similar-names'
import type { Comer } from '@/lib/classes/turnout'
import { db } from '@/lib/platform/db.server'
import type { ClassAfter, KnownGuest } from './class-after'
import { digestOf, type Shared } from './digest'
import { SummaryFigures } from './summary'

/** Earlier classes that make somebody's usual. */
const USUAL_WINDOW = 6
const MOST_PAIRS = 5

/** For the class's trainer, once the workout has ended. Of whoever shares no summary now, nothing measured is read. */
export async function readClassAfter(classId: string): Promise<ClassAfter> {
  const { seriesId, startsAt, workoutEndedAt, billedMessages, series } = await db.liveClass.findUniqueOrThrow({
    where: { id: classId },
    select: { seriesId: true, startsAt: true, workoutEndedAt: true, billedMessages: true, series: { select: { hostId: true } } },
  })
  const { came, missed } = await readTurnout(classId)
  const shared = await readShared({ classId, startsAt, hostId: series.hostId }, came)
  const workoutSeconds = Math.max(0, ((workoutEndedAt?.getTime() ?? 0) - startsAt.getTime()) / 1000)
  const alike = await findAlike({ seriesId, hostId: series.hostId }, came)
  return { came, missed, digest: digestOf({ came, missed, shared, workoutSeconds }), alike, billedMessages }
}

async function readShared(of: { classId: string; startsAt: Date; hostId: string }, came: readonly Comer[]): Promise<Map<string, Shared>> {
  const people = came.map(({ personId }) => personId)
  const consents = await currentConsents(people, of.hostId)
  const sharing = people.filter((personId) => (consents.get(personId)?.shareSummary ?? 'no') !== 'no')
  const rows = await db.summary.findMany({
    where: { personId: { in: sharing }, liveClass: { series: { hostId: of.hostId }, startsAt: { lte: of.startsAt } } },
    orderBy: { liveClass: { startsAt: 'desc' } },
    select: { classId: true, personId: true, figures: true },
  })
  const shared = new Map<string, Shared>()
  for (const personId of sharing) {
    const own = rows.filter((row) => row.personId === personId).map((row) => ({ classId: row.classId, figures: SummaryFigures.parse(row.figures) }))
    const here = own.find((row) => row.classId === of.classId)
    if (!here) continue
    const usualShares = own
      .filter((row) => row.classId !== of.classId)
      .flatMap(({ figures: { countingSeconds, workoutSeconds } }) =>
        countingSeconds.outcome === 'computed' && workoutSeconds > 0 ? [countingSeconds.value / workoutSeconds] : [],
      )
    shared.set(personId, { figures: here.figures, usualShares: usualShares.slice(0, USUAL_WINDOW) })
  }
  return shared
}

/** Like names among the guests of a series, where one of the two came today and they did not both. That one's browser is the one in use. */
async function findAlike({ seriesId, hostId }: { seriesId: string; hostId: string }, came: readonly Comer[]): Promise<ClassAfter['alike']> {
  const rows = await db.person.findMany({
    where: { guestOfId: hostId, mergedIntoId: null, seats: { some: { liveClass: { seriesId } } } },
    select: {
      id: true,
      name: true,
      seats: { where: { liveClass: { series: { hostId } } }, orderBy: { firstSeenAt: 'desc' }, select: { name: true } },
    },
  })
  const guests = rows.map(({ id, name, seats }): KnownGuest => ({ personId: id, name: seats[0]?.name ?? name, classes: seats.length }))
  const here = new Set(came.map(({ personId }) => personId))
  return similarPairs(guests)
    .filter(([one, other]) => here.has(one.personId) !== here.has(other.personId))
    .map(([one, other]) => (here.has(one.personId) ? ([one, other] as const) : ([other, one] as const)))
    .slice(0, MOST_PAIRS)
}
