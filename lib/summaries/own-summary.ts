import { z } from 'zod'
import { ConsentChoices } from '@/lib/accounts/consent'
import { FigureInputs } from '@/lib/physiology/heart-rate-figures'
import { SummaryFigures } from './summary'
import { WorkoutShape } from './workout-shape'

/** A member's own summary of one class, as its page shows it. Times are UTC ms. */
export const OwnSummary = z.object({
  classId: z.string(),
  slug: z.string(),
  title: z.string(),
  hostName: z.string(),
  name: z.string(),
  startsAt: z.number(),
  workoutEndedAt: z.number(),
  /** `receiving`: samples may still be on their way. */
  status: z.enum(['receiving', 'final']),
  inputs: FigureInputs,
  figures: SummaryFigures,
  shape: WorkoutShape,
  presentSeconds: z.number(),
  /** `false`: its owner chose that samples stay on the device; the figures are computed there, and these hold none. */
  kept: z.boolean(),
  /** What counts now towards this trainer; `null` until its owner was asked. */
  consents: ConsentChoices.nullable(),
  /** Today's profile would give other figures; its owner may ask for them. */
  profileChanged: z.boolean(),
  /** Where the link is sent: to the account's address, to one that was left, or nowhere. */
  mail: z.enum(['account', 'left_address', 'none']),
  mailedAt: z.number().nullable(),
})
export type OwnSummary = z.infer<typeof OwnSummary>
