import { z } from 'zod'

/** What one tap says. */
export const Reaction = z.enum(['cheer', 'heart', 'fire', 'thumbs-up', 'laugh', 'high-five'])
export type Reaction = z.infer<typeof Reaction>
export const REACTIONS: readonly Reaction[] = Reaction.options

/** `to`: the participant whom a high-five is for; null: the class. */
export const Reacted = z
  .object({ reaction: Reaction, to: z.string().max(60).nullable() })
  .refine(({ reaction, to }) => to === null || reaction === 'high-five', 'Only a high-five is for one person.')
export type Reacted = z.infer<typeof Reacted>

/** At most this many within `PER_MS`, for one person. */
export const MAX_REACTIONS = 3
export const PER_MS = 5_000
/** Taps within this are one call and one event. */
export const GATHER_MS = 1_000

/** POST /api/classes/{classId}/reactions */
export const NewReactions = z.object({ reactions: z.array(Reacted).min(1).max(MAX_REACTIONS) }).strict()

/** When reactions were tapped, oldest first, ms. A tap that would be too much is none. */
export type Taps = readonly number[]
export function tap(taps: Taps, atMs: number): { readonly taps: Taps; readonly counts: boolean } {
  const recent = taps.filter((at) => atMs - at < PER_MS)
  return recent.length < MAX_REACTIONS ? { taps: [...recent, atMs], counts: true } : { taps: recent, counts: false }
}
