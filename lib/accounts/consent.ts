import { z } from 'zod'

/** Of the words on the consent card. Raised with every change of meaning; what was agreed to before stays on record under its own. */
export const CONSENT_VERSION = '2026-11'

/**
 * Three choices, given and withdrawn separately. `live`: who sees the number now. `keep`: samples are stored; without it the summary
 * stays on the device. `shareSummary`: whether the trainer sees it after, and the second-by-second curve only with `curve`.
 */
export const ConsentChoices = z.object({
  live: z.enum(['me', 'trainer', 'everyone']),
  keep: z.boolean(),
  shareSummary: z.enum(['no', 'summary', 'curve']),
})
export type ConsentChoices = z.infer<typeof ConsentChoices>

const LIVE = ConsentChoices.shape.live.options
const SHARE = ConsentChoices.shape.shareSummary.options

/** What two sayings have in common, purpose by purpose: each list begins with the narrowest. */
export const narrower = (one: ConsentChoices, other: ConsentChoices): ConsentChoices => ({
  live: LIVE.find((live) => live === one.live || live === other.live) ?? 'me',
  keep: one.keep && other.keep,
  shareSummary: SHARE.find((share) => share === one.shareSummary || share === other.shareSummary) ?? 'no',
})
