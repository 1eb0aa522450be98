import 'server-only'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'

/** What was sent to whom, by which way. `about` names the thing and its occasion: class:cls_…:cancelled, message:msg_…. */
export type NoticeKey = { readonly personId: string; readonly about: string; readonly channel: 'email' | 'push' }

const DAY_MS = 86_400_000
/** Longer than anything may still be sent again. */
const KEPT_MS = 60 * DAY_MS

/**
 * Sends one notice at most once: it is written down first, so that of two jobs at the same time one sends, and struck out when the sending
 * fails, so that the next try may. A process that dies between the two has not sent: a notice that is missing harms less than two.
 * `send` may answer `none`, when there turned out to be nobody at the other end. What it throws is thrown on.
 */
export async function sendOnce(key: NoticeKey, send: () => Promise<'sent' | 'none'>): Promise<'sent' | 'none' | 'already'> {
  const { count } = await db.sentNotice.createMany({ data: { ...key, sentAt: new Date(now()) }, skipDuplicates: true })
  if (count === 0) return 'already'
  try {
    return await send()
  } catch (error) {
    await db.sentNotice.deleteMany({ where: key })
    throw error
  }
}

export async function forgetOldNotices(): Promise<number> {
  return (await db.sentNotice.deleteMany({ where: { sentAt: { lt: new Date(now() - KEPT_MS) } } })).count
}
