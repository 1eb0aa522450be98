import 'server-only'
import { db } from '@/lib/platform/db.server'
import { log } from '@/lib/platform/log.server'

/**
 * Adds to what a class has cost. The server counts what it publishes; each screen says with its presence what it sent and received, so
 * that counting costs no message. What a screen that was killed had not said yet, at most 15 s of it, is missing.
 */
export async function countMessages(classId: string, messages: number): Promise<void> {
  try {
    await db.liveClass.updateMany({ where: { id: classId }, data: { billedMessages: { increment: messages } } })
  } catch (error) {
    // A count is not worth refusing anybody.
    log.warn({ err: error, classId }, 'messages were not counted')
  }
}
