import 'server-only'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'
import { findAudience, type Reader } from './audience.server'
import { eachReader, mailNotice, pushNotice, type Telling, type Told } from './tell.server'
import { classTelling } from './telling.server'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/**
 * Reminders that are due: a mail within the last day before a class, and within the last hour a push, or a mail to those who have no browser
 * to wake. Each once, however often and by however many jobs this is called, and late rather than never, up to the start. A class that
 * moves is another occasion. Cancelled classes remind nobody.
 */
export async function sendReminders(): Promise<Told> {
  const at = now()
  const due = await db.liveClass.findMany({
    where: { status: { in: ['scheduled', 'open', 'live'] }, startsAt: { gt: new Date(at), lte: new Date(at + DAY_MS) } },
    include: { series: { include: { host: true } } },
    orderBy: { startsAt: 'asc' },
  })
  let [sent, failed] = [0, 0]
  for (const row of due) {
    const startsAt = row.startsAt.getTime()
    const soon = startsAt - at <= HOUR_MS
    const telling = classTelling(row, `${soon ? 'hour' : 'day'}:${startsAt}`, { kind: 'reminder', startsAt })
    const readers = await findAudience({ seriesId: row.seriesId, classId: row.id, topics: ['reminders'] })
    const told = await remindOf(await withoutTold(readers, telling.about), telling, soon, startsAt)
    sent += told.sent
    failed += told.failed
  }
  return { sent, failed }
}

async function remindOf(readers: readonly Reader[], telling: Telling, soon: boolean, startsAt: number): Promise<Told> {
  return await eachReader(readers, async (reader) => {
    if (!soon) return reader.askedAt > startsAt - DAY_MS ? 'none' : await mailNotice(reader, telling)
    const pushed = reader.push ? await pushNotice(reader, telling) : 'none'
    // Its last browser turned out to be gone: the mail is better than nothing.
    return pushed === 'none' ? await mailNotice(reader, telling) : pushed
  })
}

/** Once a minute the same readers are found; asking for all at once what they were told spares a write for each. */
async function withoutTold(readers: readonly Reader[], about: string): Promise<Reader[]> {
  const told = await db.sentNotice.findMany({ where: { about, personId: { in: readers.map(({ personId }) => personId) } }, select: { personId: true, channel: true } })
  const done = new Set(told.map(({ personId, channel }) => `${personId} ${channel}`))
  return readers.filter(({ personId, push }) => !done.has(`${personId} ${push ? 'push' : 'email'}`) && !done.has(`${personId} email`))
}
