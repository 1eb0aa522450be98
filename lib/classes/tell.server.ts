import 'server-only'
import { type Notice, noticeMail, noticePush, type Zones } from '@/lib/notifications/notice-text'
import { pushTo } from '@/lib/notifications/push-subscription.server'
import { sendOnce } from '@/lib/notifications/sent-notice.server'
import type { PushManner } from '@/lib/notifications/web-push.server'
import { now } from '@/lib/platform/clock'
import { sha256 } from '@/lib/platform/crypto.server'
import { db } from '@/lib/platform/db.server'
import { sendMail } from '@/lib/platform/email.server'
import { env } from '@/lib/platform/env.server'
import { log } from '@/lib/platform/log.server'
import type { Reader } from './audience.server'
import { noticeLinks } from './notice-link.server'

/** What is told, of which series. `about`: the key under which it is told once; `tag`: on a screen the newer of one tag replaces the older. */
export type Telling = {
  readonly series: { readonly seriesId: string; readonly slug: string; readonly title: string; readonly trainer: string; readonly timezone: string }
  readonly about: string
  readonly tag: string
  readonly notice: Notice
  /** The page that it opens, when not the permanent link. */
  readonly path?: string
}
export type Told = { readonly sent: number; readonly failed: number }

const AT_ONCE = 10
const DAY_S = 86_400

/** Tells each reader by each of their ways, once. What cannot be sent now is counted, logged, and may be told again later. */
export async function tellAll(readers: readonly Reader[], telling: Telling): Promise<Told> {
  return await eachReader(readers, async (reader) => {
    const results = await Promise.allSettled([...(reader.email === null ? [] : [mailNotice(reader, telling)]), ...(reader.push ? [pushNotice(reader, telling)] : [])])
    const failed = results.find((result) => result.status === 'rejected')
    if (failed) throw failed.reason
    return results.some((result) => result.status === 'fulfilled' && result.value === 'sent') ? 'sent' : 'already'
  })
}

export async function eachReader(readers: readonly Reader[], tellOne: (reader: Reader) => Promise<'sent' | 'none' | 'already'>): Promise<Told> {
  let [sent, failed] = [0, 0]
  for (let from = 0; from < readers.length; from += AT_ONCE) {
    const results = await Promise.allSettled(readers.slice(from, from + AT_ONCE).map(tellOne))
    for (const result of results) {
      if (result.status === 'fulfilled' && result.value === 'sent') sent += 1
      if (result.status === 'rejected') {
        failed += 1
        log.warn({ err: result.reason }, 'a notice could not be sent')
      }
    }
  }
  return { sent, failed }
}

export async function mailNotice(reader: Reader, telling: Telling): Promise<'sent' | 'none' | 'already'> {
  const { personId, email } = reader
  if (email === null) return 'none'
  return await sendOnce({ personId, about: telling.about, channel: 'email' }, async () => {
    const { seriesId, timezone } = telling.series
    // Who only booked has asked for nothing else; the row is what the link in the mail changes.
    const row = await db.seriesFollow.upsert({
      where: { personId_seriesId: { personId, seriesId } },
      create: { personId, seriesId, byEmail: true, byPush: true, createdAt: new Date(now()) },
      update: {},
    })
    const { choices, stop } = await noticeLinks(row)
    const page = `${env().APP_URL}${pathOf(telling)}`
    const links = { page, calendar: `${env().APP_URL}/c/${telling.series.slug}/calendar.ics`, choices }
    await sendMail({ to: email, ...noticeMail(telling.notice, telling.series, zones(reader, timezone), now(), links), stopUrl: stop })
    return 'sent'
  })
}

export async function pushNotice(reader: Reader, telling: Telling): Promise<'sent' | 'none' | 'already'> {
  const { personId } = reader
  return await sendOnce({ personId, about: telling.about, channel: 'push' }, async () => {
    const words = noticePush(telling.notice, telling.series, zones(reader, telling.series.timezone), now())
    return await pushTo(personId, { ...words, path: pathOf(telling), tag: telling.tag }, mannerOf(telling))
  })
}

const pathOf = ({ series, path }: Telling): string => path ?? `/c/${series.slug}`
const zones = (reader: Reader, ofClass: string): Zones => ({ own: reader.ownZone, ofClass })

/** How long it is worth something, and whether a sleeping phone wakes for it. */
function mannerOf({ notice, tag }: Telling): PushManner {
  const until = (at: number): number => Math.max(60, Math.round((at - now()) / 1_000))
  const topic = sha256(tag).slice(0, 32)
  switch (notice.kind) {
    case 'reminder':
    case 'cancelled':
      return { ttlSeconds: until(notice.startsAt), urgency: 'high', topic }
    case 'promoted':
      return { ttlSeconds: until(notice.heldUntil ?? notice.startsAt), urgency: 'high', topic }
    case 'moved':
    case 'thread':
      return { ttlSeconds: DAY_S, urgency: 'normal', topic }
    case 'announcement':
      return { ttlSeconds: 3 * DAY_S, urgency: 'normal', topic }
  }
}
