import { z } from 'zod'

/** A browser's own words about where it can be woken: `PushSubscription.toJSON()`. The keys are base64url: a P-256 point and 16 bytes. */
export const BrowserSubscription = z.object({
  endpoint: z.string().max(1_000),
  keys: z.object({ p256dh: z.string().regex(/^[\w-]{87}=?$/), auth: z.string().regex(/^[\w-]{22}(==)?$/) }),
})
export type BrowserSubscription = z.infer<typeof BrowserSubscription>
