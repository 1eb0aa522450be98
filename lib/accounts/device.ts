import { z } from 'zod'

/**
 * What another device may be in one class. `screen`: a second screen of a person who has a place. `tv` and `class_tv`: a wall to look at,
 * with the trainer's numbers or only with those that the class may see. `remote`: the trainer's hand.
 */
export const DeviceScope = z.enum(['screen', 'tv', 'class_tv', 'remote'])
export type DeviceScope = z.infer<typeof DeviceScope>

/** A second screen is the place to watch, or only wears the strap. */
export const ScreenPart = z.enum(['main', 'sensor'])
export type ScreenPart = z.infer<typeof ScreenPart>

/** Whom a wall in the room is for. */
export const Audience = z.enum(['trainer', 'class'])
export type Audience = z.infer<typeof Audience>

export const CODE_LENGTH = 6

/** As typed by a person: any case, with spaces or dashes, and the letters that look like digits. */
export const PairingCode = z
  .string()
  .max(40)
  .transform((typed) => typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0'))
  .refine((code) => /^[0-9A-HJKMNP-TV-Z]{6}$/.test(code), 'The code has six letters and digits.')

/** POST /api/classes/{classId}/pairings */
export const OfferedCode = z.object({ code: z.string(), expiresAt: z.number() })
export type OfferedCode = z.infer<typeof OfferedCode>

/** POST /api/pairings/redeem: what this device has become. */
export const Redeemed = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('screen'), classId: z.string(), part: ScreenPart }),
  z.object({ kind: z.literal('remote'), classId: z.string() }),
])
export type Redeemed = z.infer<typeof Redeemed>

/** POST /api/pairings/tv and …/tv/claim. The secret proves that it is the same television; nobody sees it. */
export const TvAsked = OfferedCode.extend({ secret: z.string() })
export type TvAsked = z.infer<typeof TvAsked>
export const TvClaim = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('waiting') }),
  z.object({ outcome: z.literal('approved'), classId: z.string() }),
])
export type TvClaim = z.infer<typeof TvClaim>
