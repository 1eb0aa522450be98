import { z } from 'zod'

/** Whoever is first there later than this after the start was late. */
export const LATE_SECONDS = 300
/** A regular was in at least this many … */
export const REGULAR_CLASSES = 2
/** … of the last this many classes of the series. */
export const REGULAR_WINDOW = 6

/** One who came. Seconds count from the start of the workout, or of the class where nobody pressed start; negative: before it. */
export const Comer = z.object({
  participantId: z.string(),
  personId: z.string(),
  name: z.string(),
  /** A guest of this trainer, who may turn out to be somebody the trainer knows. */
  guest: z.boolean(),
  presentSeconds: z.number(),
  firstSecond: z.number(),
  /** Before the end of the workout; 0 for who stayed. */
  leftSecondsEarly: z.number(),
  removed: z.boolean(),
  paid: z.boolean(),
  /** Never before in a class of this series. */
  firstTime: z.boolean(),
})
export type Comer = z.infer<typeof Comer>

/** A regular who did not come. `streak`: how many classes in a row, up to this one, they had not missed. */
export const Misser = z.object({ personId: z.string(), name: z.string(), guest: z.boolean(), streak: z.number().int() })
export type Misser = z.infer<typeof Misser>

export const isLate = ({ firstSecond }: Pick<Comer, 'firstSecond'>): boolean => firstSecond > LATE_SECONDS

/**
 * Who is a regular, from who came to the series' classes before this one, newest first: in at least two of the last six. The streak is
 * how many of the newest in a row they were in.
 */
export function regularsOf(cameBefore: ReadonlyArray<ReadonlySet<string>>): Map<string, { readonly streak: number }> {
  const window = cameBefore.slice(0, REGULAR_WINDOW)
  const counts = new Map<string, number>()
  for (const came of window) for (const personId of came) counts.set(personId, (counts.get(personId) ?? 0) + 1)
  const streakOf = (personId: string): number => {
    const gap = window.findIndex((came) => !came.has(personId))
    return gap < 0 ? window.length : gap
  }
  return new Map([...counts].filter(([, count]) => count >= REGULAR_CLASSES).map(([personId]) => [personId, { streak: streakOf(personId) }]))
}
