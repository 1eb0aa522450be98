import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'
import { findAudience, findThreadAudience, type Reader } from './audience.server'
import { tellAll, type Telling } from './tell.server'
import { classTelling, seriesTold } from './telling.server'

/**
 * News of a series, each told once to those it concerns. What is not true any more when the job runs is not told. All throw `unavailable`
 * when somebody could not be told, so that the job tries again; who was told is not told twice.
 */

const WITH_SERIES = { series: { include: { host: true } } } as const

/** An occurrence is off: whoever has a place or waits for one, and whoever asked for reminders or announcements. */
export async function tellCancelled(classId: string): Promise<void> {
  const row = await db.liveClass.findUnique({ where: { id: classId }, include: WITH_SERIES })
  if (row?.status !== 'cancelled' || row.plannedEndAt.getTime() < now()) return
  const notice = { kind: 'cancelled' as const, startsAt: row.startsAt.getTime(), note: row.cancelNote }
  await tell(await findAudience({ seriesId: row.seriesId, classId, topics: ['reminders', 'announcements'] }), classTelling(row, `cancelled:${row.cancelledAt?.getTime() ?? 0}`, notice))
}

/** Another time, or on again. A class may be cancelled and brought back more than once: each return is another occasion. */
export async function tellMoved(classId: string): Promise<void> {
  const row = await db.liveClass.findUnique({ where: { id: classId }, include: WITH_SERIES })
  if (!row || row.status === 'cancelled' || row.startsAt.getTime() < now()) return
  const startsAt = row.startsAt.getTime()
  const told = async (occasion: string) =>
    await db.sentNotice.groupBy({ by: ['about'], where: { about: { startsWith: `class:${classId}:${occasion}` } } })
  const cancellations = (await told('cancelled:')).length
  const occasion = `moved:${cancellations}:`
  // The first word after a cancellation is that it is on; a retry of the job says the same.
  const before = (await told(occasion)).filter(({ about }) => !about.endsWith(`:${startsAt}`))
  const notice = { kind: 'moved' as const, startsAt, again: cancellations > 0 && before.length === 0 }
  await tell(await findAudience({ seriesId: row.seriesId, classId, topics: ['reminders', 'announcements'] }), classTelling(row, `${occasion}${startsAt}`, notice))
}

/** The first in line has a place: that person, by the ways they gave. */
export async function tellPromoted(bookingId: string): Promise<void> {
  const row = await db.booking.findUnique({ where: { id: bookingId }, include: { liveClass: { include: WITH_SERIES } } })
  if (row?.status !== 'booked' || row.promotedAt === null || row.liveClass.plannedEndAt.getTime() < now()) return
  const { liveClass, personId } = row
  const notice = { kind: 'promoted' as const, startsAt: liveClass.startsAt.getTime(), heldUntil: row.heldUntil?.getTime() ?? null }
  const readers = await findAudience({ seriesId: liveClass.seriesId, classId: liveClass.id, topics: [], personId })
  await tell(readers, classTelling(liveClass, `promoted:${row.promotedAt.getTime()}`, notice))
}

/** An announcement goes out at once. A word in the thread wakes browsers at once; its mail waits for the digest. */
export async function tellMessage(messageId: string): Promise<void> {
  const row = await db.message.findUnique({ where: { id: messageId }, include: WITH_SERIES })
  if (!row || row.kind === 'chat' || row.deletedAt !== null) return
  const series = seriesTold(row.series)
  const to = { seriesId: row.seriesId, except: row.personId }
  const page = { path: `/c/${series.slug}/talk` }
  if (row.kind === 'announcement') {
    const telling: Telling = { series, about: `message:${row.id}`, tag: `message:${row.id}`, notice: { kind: 'announcement', text: row.text }, ...page }
    await tell(await findAudience({ ...to, topics: ['announcements'] }), telling)
    return
  }
  const readers = (await findThreadAudience(to)).map((reader) => ({ ...reader, email: null }))
  const notice = { kind: 'thread' as const, count: 1, names: [row.name] }
  await tell(readers, { series, about: `message:${row.id}`, tag: `thread:${row.seriesId}`, notice, ...page })
}

async function tell(readers: readonly Reader[], telling: Telling): Promise<void> {
  const { failed } = await tellAll(readers, telling)
  if (failed > 0) throw new AppError('unavailable', `${failed} of ${readers.length} could not be told; the job tries again.`)
}
