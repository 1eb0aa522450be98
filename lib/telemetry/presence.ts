import { z } from 'zod'

export const PRESENCE_EVERY_MS = 15_000
/** The longest span that one call may claim: the fifteen seconds since the last one, and some slack for a slow timer. */
export const PRESENCE_MAX_MS = 20_000

/** POST /api/classes/{classId}/presence: estimated server times, UTC ms, since the last call and now. The server clamps both to its own clock. */
export const PresenceFlush = z.object({ fromMs: z.number().int(), toMs: z.number().int() }).strict()
export type PresenceFlush = z.infer<typeof PresenceFlush>
