import type { Comer, Misser } from '@/lib/classes/turnout'
import type { SummaryFigures } from './summary'

/** Three are read and written to; a list is not. */
export const MOST_NAMES = 3
const STREAK = 2
const LEFT_SECONDS = 600
const LEFT_SHARE = 0.25
const LEFT_LEAST_SECONDS = 120
const LOST_SECONDS = 300
const CHANGE_SHARE = 0.25
const USUAL_CLASSES = 3

/** Why somebody is named, in facts and never a judgement of a body. Durations in seconds. */
export type Reason =
  | { readonly reason: 'missed'; readonly streak: number }
  | { readonly reason: 'first_time' }
  | { readonly reason: 'left_early'; readonly seconds: number }
  | { readonly reason: 'changed'; readonly countingSeconds: number; readonly usualSeconds: number }
  | { readonly reason: 'strap_lost'; readonly seconds: number }
export type Named = { readonly personId: string; readonly name: string } & Reason

/** What a member shares with the trainer now, of this class, and of their earlier ones by the share of the time that counted. */
export type Shared = { readonly figures: SummaryFigures; readonly usualShares: readonly number[] }

type DigestInput = {
  readonly came: readonly Comer[]
  readonly missed: readonly Misser[]
  /** By person; whoever shares nothing is not in it, and nothing measured of them can be a reason. */
  readonly shared: ReadonlyMap<string, Shared>
  readonly workoutSeconds: number
}

/**
 * At most three names with one reason each: a regular who broke a streak of two or more, somebody new, somebody who left ten minutes or a
 * quarter early, a share of time that counts which differs by a quarter from their own usual (three classes or more), a strap that was
 * silent for five minutes on end. One of each kind first, in this order; then the next of each.
 */
export function digestOf(input: DigestInput): Named[] {
  const taken = new Set<string>()
  const kinds = [missed(input), newcomers(input), leavers(input), changed(input), lost(input)]
  const named: Named[] = []
  for (let round = 0; kinds.some((kind) => kind.length > round); round++) {
    for (const kind of kinds) {
      const one = kind[round]
      if (!one || taken.has(one.personId) || named.length >= MOST_NAMES) continue
      taken.add(one.personId)
      named.push(one)
    }
  }
  return named
}

const staying = ({ came }: DigestInput): readonly Comer[] => came.filter(({ removed }) => !removed)

const missed = (input: DigestInput): Named[] =>
  input.missed
    .filter(({ streak }) => streak >= STREAK)
    .sort((one, other) => other.streak - one.streak)
    .map(({ personId, name, streak }) => ({ personId, name, reason: 'missed', streak }))

/** In a first class everybody is new, which is no news. */
const newcomers = (input: DigestInput): Named[] =>
  staying(input).every(({ firstTime }) => firstTime)
    ? []
    : staying(input).flatMap(({ personId, name, firstTime }) => (firstTime ? [{ personId, name, reason: 'first_time' }] : []))

const leavers = (input: DigestInput): Named[] =>
  staying(input)
    .filter(({ leftSecondsEarly: left }) => left >= LEFT_SECONDS || (left >= LEFT_LEAST_SECONDS && left >= LEFT_SHARE * input.workoutSeconds))
    .sort((one, other) => other.leftSecondsEarly - one.leftSecondsEarly)
    .map(({ personId, name, leftSecondsEarly }) => ({ personId, name, reason: 'left_early', seconds: leftSecondsEarly }))

const changed = (input: DigestInput): Named[] =>
  staying(input)
    .flatMap(({ personId, name }) => {
      const shared = input.shared.get(personId)
      if (!shared || shared.usualShares.length < USUAL_CLASSES || shared.figures.countingSeconds.outcome !== 'computed') return []
      const { value: countingSeconds } = shared.figures.countingSeconds
      const { workoutSeconds } = shared.figures
      if (workoutSeconds <= 0) return []
      const usual = shared.usualShares.reduce((sum, share) => sum + share, 0) / shared.usualShares.length
      const by = Math.abs(countingSeconds / workoutSeconds - usual)
      return by < CHANGE_SHARE ? [] : [{ by, named: { personId, name, reason: 'changed', countingSeconds, usualSeconds: usual * workoutSeconds } as const }]
    })
    .sort((one, other) => other.by - one.by)
    .map(({ named }) => named)

const lost = (input: DigestInput): Named[] =>
  staying(input)
    .flatMap(({ personId, name }) => {
      const figures = input.shared.get(personId)?.figures
      const seconds = figures && figures.measuredSeconds > 0 ? Math.max(0, ...figures.gaps.map((gap) => gap.seconds)) : 0
      return seconds < LOST_SECONDS ? [] : [{ personId, name, reason: 'strap_lost', seconds } as const]
    })
    .sort((one, other) => other.seconds - one.seconds)
