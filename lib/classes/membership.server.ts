import 'server-only'
import { recordAct } from '@/lib/accounts/audit.server'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'
import type { SeriesPerson } from './belonging.server'
import { cancelBooking } from './booking.server'
import { NOTHING_ASKED } from './follow'
import type { Membership } from './membership'
import type { PlaceCount } from './places.server'

/** The series of others that a person was in, or has a place in, and has not left, by trainer and title. */
export async function listMemberships(personId: string, trainerId?: string): Promise<Membership[]> {
  const rows = await db.classSeries.findMany({
    where: {
      hostId: trainerId ?? { not: personId },
      classes: { some: { OR: [{ participants: { some: { personId } } }, { bookings: { some: { personId, status: { not: 'cancelled' } } } }] } },
      NOT: { follows: { some: { personId, leftAt: { not: null } } } },
    },
    include: { host: { select: { name: true } } },
    orderBy: [{ host: { name: 'asc' } }, { title: 'asc' }],
  })
  return rows.map(({ id, slug, title, hostId, host }) => ({ seriesId: id, slug, title, trainerId: hostId, trainerName: host.name }))
}

/**
 * Somebody leaves a series: bookings and turns end, nothing more is sent, the talk is closed to them, and nobody misses them. What they did
 * stays theirs. Joining or booking again undoes it. Returns how full each class with a place given back is now. Throws `conflict` for its trainer.
 */
export async function leaveSeries({ personId, seriesId, role }: SeriesPerson): Promise<ReadonlyArray<{ classId: string; news: PlaceCount | null }>> {
  if (role === 'host') throw new AppError('conflict', 'This series is yours. End it on its own page.')
  const at = new Date(now())
  await db.$transaction(async (tx) => {
    const gone = { ...NOTHING_ASKED, email: null, emailConfirmedAt: null, leftAt: at }
    const key = { personId_seriesId: { personId, seriesId } }
    await tx.seriesFollow.upsert({ where: key, create: { personId, seriesId, ...gone }, update: gone })
    await recordAct({ actorId: personId, subjectId: personId, action: 'series.left' }, tx)
  })
  const booked = await db.booking.findMany({
    where: { personId, status: { not: 'cancelled' }, liveClass: { seriesId, status: { in: ['scheduled', 'open', 'live'] } } },
    select: { classId: true },
  })
  const told = []
  for (const { classId } of booked) told.push({ classId, news: await cancelBooking(classId, personId) })
  return told
}
