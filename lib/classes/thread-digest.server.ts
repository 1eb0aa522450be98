import 'server-only'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'
import { findThreadAudience, type Reader } from './audience.server'
import { eachReader, mailNotice, type Told } from './tell.server'
import { seriesTold } from './telling.server'

const HOUR_MS = 3_600_000
/** A conversation that is going on is left to settle, so that its words come in one mail. */
const QUIET_MS = 2 * 60_000
const BACK_MS = 24 * HOUR_MS

type Said = { readonly personId: string; readonly name: string; readonly at: number }

/** One mail for all that was written in a series' thread since the last one, at most one an hour to each person. */
export async function mailThreadDigests(): Promise<Told> {
  const at = now()
  const written = { kind: 'thread' as const, deletedAt: null, createdAt: { gt: new Date(at - BACK_MS), lte: new Date(at - QUIET_MS) } }
  const series = await db.classSeries.findMany({
    where: { messages: { some: written }, follows: { some: { thread: true, byEmail: true, leftAt: null } } },
    include: { host: true, messages: { where: written, orderBy: { createdAt: 'asc' } } },
  })
  let [sent, failed] = [0, 0]
  for (const row of series) {
    const said = row.messages.map(({ personId, name, createdAt }) => ({ personId, name, at: createdAt.getTime() }))
    const readers = await findThreadAudience({ seriesId: row.id })
    const lastMails = await findLastMails(row.id, readers)
    const told = await eachReader(readers, async (reader) => {
      const last = lastMails.get(reader.personId)
      if (last !== undefined && at - last < HOUR_MS) return 'already'
      const fresh = notYetTold(said, reader, last)
      if (fresh.length === 0) return 'none'
      const notice = { kind: 'thread' as const, count: fresh.length, names: [...new Set(fresh.map(({ name }) => name))] }
      // The hour in the key: of two jobs at the same time one mails.
      const about = `${digestKey(row.id)}${Math.floor(at / HOUR_MS)}`
      const told = seriesTold(row)
      return await mailNotice(reader, { series: told, about, tag: `thread:${row.id}`, notice, path: `/c/${told.slug}/talk` })
    })
    sent += told.sent
    failed += told.failed
  }
  return { sent, failed }
}

const digestKey = (seriesId: string): string => `thread:${seriesId}:`

/** The last mail told what was older than `QUIET_MS` then. Nobody is told of their own words, nor of what was said before they asked. */
const notYetTold = (said: readonly Said[], { personId, askedAt }: Reader, last: number | undefined): Said[] =>
  said.filter((message) => message.personId !== personId && message.at > (last === undefined ? askedAt : last - QUIET_MS))

async function findLastMails(seriesId: string, readers: readonly Reader[]): Promise<Map<string, number>> {
  const rows = await db.sentNotice.groupBy({
    by: ['personId'],
    where: { about: { startsWith: digestKey(seriesId) }, channel: 'email', personId: { in: readers.map(({ personId }) => personId) } },
    _max: { sentAt: true },
  })
  return new Map(rows.flatMap(({ personId, _max }) => (_max.sentAt === null ? [] : [[personId, _max.sentAt.getTime()] as const])))
}
