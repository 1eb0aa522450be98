import { z } from 'zod'
import { defineEvent } from '@/lib/platform/event'
import { oneLine } from '@/lib/platform/one-line'
import { Timezone } from '@/lib/platform/timezone'

/** How long second-by-second samples outlive their class, for whoever never said otherwise. */
export const KEEP_DAYS = 30

/** What a person said about their body and their habits; `null` is "not said". The ranges are a little wider than life. */
export const Profile = z.object({
  name: z.string().overwrite(oneLine).min(1, 'Say a name.').max(60),
  birthYear: z.number().int().min(1900).nullable(),
  sex: z.enum(['female', 'male']).nullable(),
  heightCm: z.number().min(80).max(250).nullable(),
  weightKg: z.number().min(25).max(350).nullable(),
  /** The person's own maximum; without it the maximum is estimated from age, and marked. */
  hrmaxBpm: z.number().int().min(100).max(230).nullable(),
  hrrestBpm: z.number().int().min(30).max(110).nullable(),
  /** The power of about an hour; power has no zones without it. */
  thresholdWatts: z.number().int().min(40).max(600).nullable(),
  /** Medication or pregnancy: effort instead of zones. */
  effortOnly: z.boolean(),
  units: z.enum(['metric', 'imperial']),
  timezone: Timezone.nullable(),
  /** Days that second-by-second samples outlive their class; summaries stay. For a week after a class devices may still bring some. */
  keepDays: z.number().int().min(8, 'At least 8 days.').max(3650, 'At most ten years.'),
})
export type Profile = z.infer<typeof Profile>

export const ProfileChange = Profile.partial().strict()
export type ProfileChange = z.infer<typeof ProfileChange>

/** A figure that summaries are computed from was given or changed. */
export const profileChanged = defineEvent('accounts/profile.changed', z.object({ personId: z.string() }))
