import 'server-only'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'
import { multirange } from './ingest.server'
import { PRESENCE_MAX_MS, type PresenceFlush } from './presence'

/** A client's idea of the server's time may be this far off before its own words are not used at all. */
const CLOCK_SLACK_MS = 5_000

/** Where a claim of presence lies on the server's clock: it ends now at the latest, and is no longer than one call may say. */
export function clampPresence({ fromMs, toMs }: PresenceFlush, nowMs: number): [number, number] {
  const length = Math.min(Math.max(0, toMs - fromMs), PRESENCE_MAX_MS)
  const end = Math.abs(toMs - nowMs) <= CLOCK_SLACK_MS ? Math.min(toMs, nowMs) : nowMs
  return [end - length, end]
}

/** Adds a span to a participant's time present, in seconds from the class's start. Saying the same again changes nothing. */
export async function recordPresence(participantId: string, flush: PresenceFlush): Promise<void> {
  const { liveClass } = await db.participant.findUniqueOrThrow({
    where: { id: participantId },
    select: { liveClass: { select: { startsAt: true } } },
  })
  const [fromMs, toMs] = clampPresence(flush, now())
  const second = (ms: number): number => Math.max(0, Math.round((ms - liveClass.startsAt.getTime()) / 1000))
  const span = multirange([[second(fromMs), second(toMs)]])
  await db.$executeRaw`UPDATE participants SET present_s = present_s + ${span}::int4multirange WHERE id = ${participantId}`
}
