import { z } from 'zod'
import { SummaryFigures } from './summary'
import { WorkoutShape } from './workout-shape'

/** One member in the trainer's summary of a class. */
export const MemberSummary = z.object({
  participantId: z.string(),
  name: z.string(),
  presentSeconds: z.number(),
  /** What the member chose that the trainer sees after class. */
  shared: z.enum(['no', 'summary', 'curve']),
  status: z.enum(['receiving', 'final']).nullable(),
  /** null: not shared, or nothing was recorded. The curve is empty unless the member shared it. */
  figures: SummaryFigures.nullable(),
  /** The maximum behind the zones is a guess from age. */
  estimated: z.boolean(),
})
export type MemberSummary = z.infer<typeof MemberSummary>

/** A class after its workout, as its trainer sees it. Times are UTC ms. */
export const ClassSummary = z.object({
  classId: z.string(),
  slug: z.string(),
  title: z.string(),
  startsAt: z.number(),
  workoutEndedAt: z.number(),
  workoutSeconds: z.number(),
  /** `receiving` while any member's still is. */
  status: z.enum(['receiving', 'final']),
  /** Everybody who came, in seat order. */
  members: z.array(MemberSummary),
  /** Mean % of own HRmax of those who share, each 15 s; null where fewer than three are measured. */
  groupCurve: z.array(z.number().nullable()),
  contributors: z.number().int(),
  shape: WorkoutShape,
})
export type ClassSummary = z.infer<typeof ClassSummary>
