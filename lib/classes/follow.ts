import { z } from 'zod'
import { Timezone } from '@/lib/platform/timezone'

/** What a person hears about a series, and by which ways. Classes that they booked are always told of, by the ways that are on. */
export const FollowChoices = z.object({
  reminders: z.boolean(),
  announcements: z.boolean(),
  thread: z.boolean(),
  byEmail: z.boolean(),
  byPush: z.boolean(),
})
export type FollowChoices = z.infer<typeof FollowChoices>

export const NOTHING_ASKED: FollowChoices = { reminders: false, announcements: false, thread: false, byEmail: false, byPush: false }

/** `email`: a guest's; an account is written to at its own. `timezone`: of the device, kept where the person has said none. */
export const FollowWish = FollowChoices.extend({
  email: z.email('Check the address.').max(254).toLowerCase().optional(),
  timezone: Timezone.optional(),
}).strict()
export type FollowWish = z.infer<typeof FollowWish>

/** `hearsThread`: belongs to the series, whose thread is theirs to read. `address`: `asked` was typed and is not confirmed, so nothing is sent there; `own` is an account's. */
export const FollowState = FollowChoices.extend({
  hearsThread: z.boolean(),
  email: z.string().nullable(),
  address: z.enum(['none', 'asked', 'confirmed', 'own']),
})
export type FollowState = z.infer<typeof FollowState>
