import { z } from 'zod'
import { oneLine } from '@/lib/platform/one-line'
import { Timezone } from '@/lib/platform/timezone'

/** Presence holds 100 screens on one channel; this leaves room for the host's screens and for members with two. */
export const MAX_CAPACITY = 80

export const ClassKind = z.enum(['hiit', 'strength', 'cycling', 'running', 'yoga', 'pilates', 'dance', 'boxing', 'mobility', 'other'])
export type ClassKind = z.infer<typeof ClassKind>

/** A trainer's own Zoom, Meet or Teams link. Only https: members open it from our page. */
const OwnLink = z
  .string()
  .trim()
  .max(500)
  .refine((value) => URL.canParse(value) && isSafeLink(new URL(value)), 'Paste the whole link to your call; it starts with https://')

const fields = {
  title: z.string().overwrite(oneLine).min(1, 'Give the class a name.').max(80, 'Use at most 80 characters.'),
  kind: ClassKind,
  durationMin: z.number().int().min(5, 'At least 5 minutes.').max(240, 'At most 4 hours.'),
  capacity: z.number().int().min(1, 'At least one place.').max(MAX_CAPACITY, `At most ${MAX_CAPACITY} people.`),
  /** How far heart rates may be shared; a member's own choice can only be narrower. */
  heartRateReach: z.enum(['trainer', 'everyone']),
  videoPlace: z.enum(['here', 'own_link']),
  videoUrl: OwnLink.nullable(),
  timezone: Timezone,
}

/** POST /api/series. The permanent link is made from the title and does not change with it. */
export const NewSeries = z
  .object({
    ...fields,
    kind: fields.kind.default('other'),
    durationMin: fields.durationMin.default(45),
    capacity: fields.capacity.default(12),
    heartRateReach: fields.heartRateReach.default('trainer'),
    videoPlace: fields.videoPlace.default('here'),
    videoUrl: fields.videoUrl.default(null),
  })
  .strict()
  .refine((series) => series.videoPlace === 'here' || series.videoUrl !== null, {
    path: ['videoUrl'],
    message: 'Paste the link to your call.',
  })
export type NewSeries = z.infer<typeof NewSeries>

/** PATCH /api/series/{seriesId}. Counts for classes from now on; the running one keeps its times. */
export const SeriesChange = z.object(fields).partial().strict()
export type SeriesChange = z.infer<typeof SeriesChange>

function isSafeLink(url: URL): boolean {
  return url.protocol === 'https:' && url.username === '' && url.password === '' && url.hostname.includes('.')
}

const SERVICES: ReadonlyArray<readonly [host: string, name: string]> = [
  ['zoom.us', 'Zoom'],
  ['zoom.com', 'Zoom'],
  ['meet.google.com', 'Google Meet'],
  ['teams.microsoft.com', 'Teams'],
  ['teams.live.com', 'Teams'],
]

/** What to call the place that a link leads to: "Zoom", or the host's name where we do not know it. */
export function callServiceName(url: string): string {
  const host = new URL(url).hostname.toLowerCase()
  return SERVICES.find(([known]) => host === known || host.endsWith(`.${known}`))?.[1] ?? host.replace(/^www\./, '')
}
