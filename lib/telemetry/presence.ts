import { z } from 'zod'

export const PRESENCE_EVERY_MS = 15_000
/** The longest span that one call may claim: the fifteen seconds since the last one, and some slack for a slow timer. */
export const PRESENCE_MAX_MS = 20_000

/** A minute of fifty people's beats, both ways, several times over: beyond, somebody makes numbers up. */
export const MOST_BILLED = 50_000

/** POST /api/classes/{classId}/presence: estimated server times, UTC ms, since the last call and now. The server clamps both to its own clock. */
export const PresenceFlush = z
  .object({
    fromMs: z.number().int(),
    toMs: z.number().int(),
    /** This screen's share of the class's realtime messages since it last said so. */
    billed: z.number().int().nonnegative().max(MOST_BILLED).optional(),
  })
  .strict()
export type PresenceFlush = z.infer<typeof PresenceFlush>
