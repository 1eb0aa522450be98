import { z } from 'zod'
import { Signal } from './room-event'

/** POST /api/classes/{classId}/signals: WebRTC signalling from one screen to another of the same class. */
export const SignalRequest = z
  .object({
    screenId: z.string().max(128),
    screenToken: z.string().max(64),
    to: z.string().max(128),
    signals: z
      .array(z.object({ connectionId: z.string().max(40), signal: Signal }))
      .min(1)
      .max(10),
  })
  .strict()
export type SignalRequest = z.infer<typeof SignalRequest>
