import type { HeartRateReach } from './beat'
import { type LiveMotion, type LiveNumber, paceEffort, paceMotion, paceNumber, type Paced, type Pacer, paceSilence } from './beat-pacer'
import type { SensorSilence, Silence } from './sensor-silence'

/** One thing to say, before anybody decided who hears it. */
export type Word =
  | { readonly kind: 'silence'; readonly why: Silence }
  | { readonly kind: 'effort'; readonly effort: number }
  | ({ readonly kind: 'reading' } & Omit<LiveNumber, 'reach'>)
  | ({ readonly kind: 'motion' } & Omit<LiveMotion, 'reach'>)

/** What stands on the wearer's device when something is to be said. */
type Standing = {
  readonly hidden: boolean
  /** What was consented to, narrowed by the class; null: not asked yet. */
  readonly reach: HeartRateReach | null
  /** Why there is no heart rate, and why nothing from a machine; null while it delivers. */
  readonly heart: SensorSilence | null
  readonly machine: SensorSilence | null
  /** The machine has said something that still counts. */
  readonly moving: boolean
  /** An effort that stands; null: none. */
  readonly effort: number | null
}

/**
 * What the class may hear now; null: nothing, the next notification will speak. `live`: what a sensor has just said, which nothing else
 * may stand for: an old number told again would pass for a new one.
 */
export function wordForClass({ hidden, reach, heart, machine, moving, effort }: Standing, live: Word | null): Word | null {
  const quiet = heart === 'none' ? machine : heart
  const byHand = heart === 'none' ? effort : null
  if (hidden) return silence('hidden')
  if (quiet === 'none' && byHand === null) return silence('none')
  if (reach === null || (quiet === 'pairing' && byHand === null && !moving)) return silence('pairing')
  if (reach === 'me') return silence('private')
  // A machine speaks by itself, several times in the while that a strap takes to come back.
  if (heart !== null && moving && live?.kind !== 'silence') return live?.kind === 'motion' ? live : null
  if (byHand !== null) return { kind: 'effort', effort: byHand }
  return quiet === null ? live : silence(quiet)
}

const silence = (why: Silence): Word => ({ kind: 'silence', why })

/** A word to those whom it may reach, when it is due. */
export function paceWord(pacer: Pacer, word: Word, reach: HeartRateReach, atMs: number): Paced {
  switch (word.kind) {
    case 'silence':
      return paceSilence(pacer, word.why, atMs)
    case 'effort':
      return paceEffort(pacer, word.effort, reach, atMs)
    case 'reading':
      return paceNumber(pacer, { ...unkinded(word), reach }, atMs)
    case 'motion':
      return paceMotion(pacer, { ...unkinded(word), reach }, atMs)
  }
}
const unkinded = <W extends Word>({ kind: _known, ...said }: W) => said
