import { z } from 'zod'

/** POST /api/classes/{classId}/channels: every channel that a screen wants, in one call; also after each reconnect. */
export const ChannelRequest = z
  .object({
    socketId: z.string().regex(/^\d+\.\d+$/),
    screenId: z.string().max(128),
    screenToken: z.string().max(64),
    /** The screen that this tab was before it was loaded anew. */
    replaces: z.string().max(128).optional(),
    /** The screen's own word: it only wears the strap. */
    sensor: z.literal(true).optional(),
    channels: z.array(z.string().max(164)).min(1).max(100),
  })
  .strict()
export type ChannelRequest = z.infer<typeof ChannelRequest>

/** By channel name: Pusher's own answer, or our error code for a channel that this screen may not hear. */
export const ChannelPasses = z.object({
  /** The class's epoch now: a screen whose room channel was refused as `moved` goes on to this one. */
  epoch: z.number().int(),
  channels: z.record(
    z.string(),
    z.union([z.object({ auth: z.string(), channel_data: z.string().optional() }), z.object({ error: z.string() })]),
  ),
})
export type ChannelPasses = z.infer<typeof ChannelPasses>

/** POST /api/classes/{classId}/board/channels, from who looks at the board without a place in the class. */
export const ReaderChannelRequest = z
  .object({
    socketId: z.string().regex(/^\d+\.\d+$/),
    readerId: z.string().max(128),
    channels: z.array(z.string().max(164)).min(1).max(4),
  })
  .strict()
export type ReaderChannelRequest = z.infer<typeof ReaderChannelRequest>
