import { z } from 'zod'
import { oneLine } from '@/lib/platform/one-line'
import { Timezone } from '@/lib/platform/timezone'
import { RuleText } from './rule'
import { WorkoutPlan } from './workout-plan'

/** Presence holds 100 screens on one channel; this leaves room for the host's screens and for members with two. */
export const MAX_CAPACITY = 80

export const ClassKind = z.enum(['hiit', 'strength', 'cycling', 'running', 'yoga', 'pilates', 'dance', 'boxing', 'mobility', 'other'])
export type ClassKind = z.infer<typeof ClassKind>

export const Capacity = z.number().int().min(1, 'At least one place.').max(MAX_CAPACITY, `At most ${MAX_CAPACITY} people.`)

/** Where everybody may see everybody, each camera goes to each member: more than this no home upload carries. */
export const MAX_EACH_TO_EACH = 8

/** A link of the trainer's: their own call, their own payment page. Only https: members open it from our page. */
const httpsLink = (message: string) =>
  z
    .string()
    .trim()
    .max(500)
    .refine((value) => URL.canParse(value) && isSafeLink(new URL(value)), message)

/** `2026-11-26` and `18:30`, on the wall clock of the series' zone. */
export const LocalDate = z.iso.date('Choose a day.')
export const LocalClock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Choose a time.')

/** When a series is. Without a rule: once. */
export const Schedule = z.object({ startsOn: LocalDate, localStart: LocalClock, rule: RuleText.nullable() }).strict()
export type Schedule = z.infer<typeof Schedule>

export const TOO_MANY_FOR_EACH = `Members can see each other in classes of at most ${MAX_EACH_TO_EACH}.`

const fields = {
  title: z.string().overwrite(oneLine).min(1, 'Give the class a name.').max(80, 'Use at most 80 characters.'),
  kind: ClassKind,
  durationMin: z.number().int().min(5, 'At least 5 minutes.').max(240, 'At most 4 hours.'),
  capacity: Capacity,
  /** How far heart rates may be shared; a member's own choice can only be narrower. */
  heartRateReach: z.enum(['trainer', 'everyone']),
  videoPlace: z.enum(['here', 'own_link']),
  videoUrl: httpsLink('Paste the whole link to your call; it starts with https://').nullable(),
  timezone: Timezone,
  /** Members may show themselves to each other. */
  eachToEach: z.boolean(),
  payUrl: httpsLink('Paste the whole link; it starts with https://').nullable(),
  /** What a class costs, in the trainer's words. */
  payNote: z.string().overwrite(oneLine).max(120, 'Use at most 120 characters.').nullable(),
}

/** POST /api/series. The permanent link is made from the title and does not change with it. Without a `schedule` a class starts now. */
export const NewSeries = z
  .object({
    ...fields,
    kind: fields.kind.default('other'),
    durationMin: fields.durationMin.default(45),
    capacity: fields.capacity.default(12),
    heartRateReach: fields.heartRateReach.default('trainer'),
    videoPlace: fields.videoPlace.default('here'),
    videoUrl: fields.videoUrl.default(null),
    eachToEach: fields.eachToEach.default(false),
    payUrl: fields.payUrl.default(null),
    payNote: fields.payNote.default(null),
    schedule: Schedule.nullable().default(null),
    /** What the timer runs by; else the template's. */
    plan: WorkoutPlan.nullable().default(null),
    /** Its plan comes along; the other settings were answered in the form. */
    templateId: z.string().max(60).startsWith('tpl_').nullable().default(null),
  })
  .strict()
  .refine((series) => series.videoPlace === 'here' || series.videoUrl !== null, {
    path: ['videoUrl'],
    message: 'Paste the link to your call.',
  })
  .refine((series) => !series.eachToEach || series.capacity <= MAX_EACH_TO_EACH, { path: ['eachToEach'], message: TOO_MANY_FOR_EACH })
export type NewSeries = z.infer<typeof NewSeries>

/** PATCH /api/series/{seriesId}. Counts for classes from now on; the running one keeps its times. */
export const SeriesChange = z
  .object({ ...fields, schedule: Schedule })
  .partial()
  .strict()
export type SeriesChange = z.infer<typeof SeriesChange>

/**
 * PATCH /api/classes/{classId}. `this`: only this date, which stays itself in the rule. `following`: this date and all after it; the
 * series and its permanent link stay the same, its rule begins anew here, and dates that were changed or cancelled alone stay so.
 */
export const ClassChange = z
  .object({
    scope: z.enum(['this', 'following']),
    title: fields.title,
    durationMin: fields.durationMin,
    capacity: fields.capacity,
    startsOn: LocalDate,
    localStart: LocalClock,
  })
  .partial()
  .required({ scope: true })
  .strict()
export type ClassChange = z.infer<typeof ClassChange>

/** POST /api/classes/{classId}/cancel. What the trainer says about it stands on the permanent link. */
export const Cancelling = z.object({ note: z.string().overwrite(oneLine).max(200, 'Use at most 200 characters.').default('') }).strict()
export type Cancelling = z.infer<typeof Cancelling>

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
