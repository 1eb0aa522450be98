import type { Sport } from '@/lib/formats/sport'
import { type ActivitySource, isOwnerOnly, type OwnerOnlySource, SOURCE_ORDER } from './activity'

/** What is compared. Times are UTC ms. */
export type Candidate = {
  readonly activityId: string
  readonly source: ActivitySource | OwnerOnlySource
  readonly sport: Sport
  readonly startedAt: number
  readonly elapsedSeconds: number
  readonly hasHeartRate: boolean
}

export const START_APART_MS = 5 * 60_000
const OVERLAP = 0.8
/** Too little said to differ from anything. */
const SAYS_LITTLE: ReadonlySet<Sport> = new Set(['workout', 'other'])

/**
 * Whether two records are of one training: they start within five minutes, overlap in at least 80 % of the shorter one (nobody does two
 * things at once; a watch that ran on after class is no second training), and their sports do not contradict each other.
 */
export function isSameTraining(one: Candidate, other: Candidate): boolean {
  if (Math.abs(one.startedAt - other.startedAt) > START_APART_MS) return false
  if (one.sport !== other.sport && !SAYS_LITTLE.has(one.sport) && !SAYS_LITTLE.has(other.sport)) return false
  const endOf = ({ startedAt, elapsedSeconds }: Candidate) => startedAt + elapsedSeconds * 1000
  const overlap = Math.min(endOf(one), endOf(other)) - Math.max(one.startedAt, other.startedAt)
  return overlap >= OVERLAP * 1000 * Math.min(one.elapsedSeconds, other.elapsedSeconds)
}

/**
 * For each record the one that counts instead of it, null where it counts itself. One with a heart rate comes before one without, then
 * `SOURCE_ORDER` decides, then the longer one. What may be seen by its owner only is never the one that counts for another record. The
 * order of `candidates` does not matter.
 */
export function linkDuplicates(candidates: readonly Candidate[]): Map<string, string | null> {
  const best = candidates.toSorted(
    (one, other) =>
      Number(isOwnerOnly(one.source)) - Number(isOwnerOnly(other.source)) ||
      Number(other.hasHeartRate) - Number(one.hasHeartRate) ||
      SOURCE_ORDER.indexOf(one.source) - SOURCE_ORDER.indexOf(other.source) ||
      other.elapsedSeconds - one.elapsedSeconds ||
      (one.activityId < other.activityId ? -1 : 1),
  )
  const links = new Map<string, string | null>()
  const counting: Candidate[] = []
  for (const candidate of best) {
    const instead = counting.find((other) => isSameTraining(candidate, other))
    links.set(candidate.activityId, instead?.activityId ?? null)
    if (!instead && !isOwnerOnly(candidate.source)) counting.push(candidate)
  }
  return links
}

/** Of records in any order, those that hang together with an instant by starts at most five minutes apart: whom a change there can touch. */
export function neighbours<T extends { readonly startedAt: number }>(records: readonly T[], atMs: number): T[] {
  const sorted = records.toSorted((one, other) => one.startedAt - other.startedAt)
  const after = sorted.findIndex(({ startedAt }) => startedAt >= atMs)
  const split = after < 0 ? sorted.length : after
  const reach = (list: readonly T[]) => {
    let from = atMs
    const end = list.findIndex(({ startedAt }) => Math.abs(startedAt - from) > START_APART_MS || ((from = startedAt), false))
    return end < 0 ? list : list.slice(0, end)
  }
  return [...reach(sorted.slice(0, split).reverse()), ...reach(sorted.slice(split))]
}
