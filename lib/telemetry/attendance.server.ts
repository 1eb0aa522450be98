import 'server-only'
import { now } from '@/lib/platform/clock'
import { db, Prisma } from '@/lib/platform/db.server'
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

/**
 * SQL: the length of a workout in whole seconds, where `c` is its class; the second in which it ends counts, and one that ended before the
 * class's time has one. Time present counts within it.
 */
export const WORKOUT_SECONDS = Prisma.sql`GREATEST(1, ceil(extract(epoch FROM COALESCE(c."workoutEndedAt", now()) - c."startsAt")))::int`

/** Adds a span to a participant's time present, in seconds from the class's start. Saying the same again changes nothing. */
export async function recordPresence(participantId: string, flush: PresenceFlush): Promise<void> {
  const startMs = await startOf(participantId)
  const [fromMs, toMs] = clampPresence(flush, now())
  const second = (ms: number): number => Math.max(0, Math.round((ms - startMs) / 1000))
  await addSeconds(participantId, second(fromMs), second(toMs))
}

/**
 * A screen of theirs comes into the room: the second counts, whatever becomes of the screen. Its own first word comes seconds later, and
 * after the end of a class that ends meanwhile. Whoever is early is there in the first second.
 */
export async function recordArrival(participantId: string): Promise<void> {
  const second = Math.max(0, Math.floor((now() - (await startOf(participantId))) / 1000))
  await addSeconds(participantId, second, second + 1)
}

async function startOf(participantId: string): Promise<number> {
  const { liveClass } = await db.participant.findUniqueOrThrow({
    where: { id: participantId },
    select: { liveClass: { select: { startsAt: true } } },
  })
  return liveClass.startsAt.getTime()
}

async function addSeconds(participantId: string, from: number, to: number): Promise<void> {
  await db.$executeRaw`UPDATE participants SET present_s = present_s + ${multirange([[from, to]])}::int4multirange WHERE id = ${participantId}`
}
