import { percentOfMax, zoneOf } from '@/lib/physiology/zones'
import { trendOf } from '@/lib/physiology/trend'
import type { Beat } from './beat'

/**
 * Simulated members for a trainer who looks at the wall before a class: the same athletes doing the same class each time. They exist on
 * the trainer's screen only; nothing of them is sent, stored, or counted. Pure: a second of the class in, what each would say out.
 */
export type Athlete = {
  readonly participantId: string
  readonly name: string
  readonly hrmaxBpm: number
  readonly hrrestBpm: number
  /** How hard they go: the share of heart-rate reserve that a work interval asks of them. */
  readonly drive: number
  /** Time constants of the heart's answer to more and to less work, s (about 30 and 60 in trained adults). */
  readonly riseS: number
  readonly fallS: number
  /** How they are seen: by strap, by a strap that drops out for 14 s of each 3 min, by an effort that they tap, or not at all. */
  readonly by: 'strap' | 'loose strap' | 'effort' | 'nothing'
}

const PEOPLE: ReadonlyArray<readonly [name: string, hrmax: number, hrrest: number, drive: number, riseS: number, fallS: number, by: Athlete['by']]> = [
  ['Ada', 186, 58, 0.86, 28, 52, 'strap'],
  ['Bruno', 172, 66, 0.8, 34, 70, 'strap'],
  ['Carmen', 179, 61, 0.92, 26, 48, 'strap'],
  ['Dev', 191, 54, 0.74, 30, 55, 'loose strap'],
  ['Edith', 158, 70, 0.7, 40, 85, 'strap'],
  ['Femi', 183, 52, 0.97, 24, 44, 'strap'],
  ['Greta', 168, 64, 0.62, 36, 75, 'effort'],
  ['Hugo', 176, 60, 0.83, 32, 62, 'strap'],
  ['Ines', 188, 57, 0.78, 29, 50, 'strap'],
  ['Jonah', 181, 63, 0.9, 27, 58, 'nothing'],
  ['Kaya', 193, 50, 0.88, 25, 46, 'strap'],
  ['Liam', 164, 68, 0.55, 42, 90, 'strap'],
]

export const ATHLETES: readonly Athlete[] = PEOPLE.map(([name, hrmaxBpm, hrrestBpm, drive, riseS, fallS, by], at) => ({
  participantId: `sim_${at + 1}`,
  name,
  hrmaxBpm,
  hrrestBpm,
  drive,
  riseS,
  fallS,
  by,
}))

const WARM_UP_S = 180
const WORK_S = 40
const REST_S = 20

/** Share of the drive that the class asks for in a second: a warm-up that climbs, then 40 s work and 20 s rest. */
export function demandAt(second: number): number {
  if (second < WARM_UP_S) return 0.35 + (0.3 * second) / WARM_UP_S
  return (second - WARM_UP_S) % (WORK_S + REST_S) < WORK_S ? 1 : 0.45
}

/** An athlete's heart rate for each second from 0 to `seconds`: a first-order answer to the demand, and a slow wave of ± 2 bpm. */
export function heartRates({ hrmaxBpm, hrrestBpm, drive, riseS, fallS }: Athlete, seconds: number): number[] {
  const reserve = hrmaxBpm - hrrestBpm
  let bpm = hrrestBpm + 0.25 * reserve
  return Array.from({ length: seconds + 1 }, (_, second) => {
    const target = hrrestBpm + reserve * drive * demandAt(second)
    bpm += (target - bpm) / (target > bpm ? riseS : fallS)
    return Math.round(Math.min(hrmaxBpm, bpm + 2 * Math.sin(second / 7 + hrmaxBpm)))
  })
}

const DROPS_EVERY_S = 180
const DROPS_FOR_S = 14
const TAPS_EVERY_S = 60

/** What this athlete's screen would say in a second of the class; null: nothing, as when a strap is silent. */
export function beatAt(athlete: Athlete, second: number, rates: readonly number[]): Beat | null {
  const numbered = { run: 'rehearsal', seq: second }
  switch (athlete.by) {
    case 'nothing':
      return null
    case 'effort': {
      if (second % TAPS_EVERY_S !== 0) return null
      return { kind: 'effort', ...numbered, reach: 'trainer', effort: Math.round(3 + 5 * athlete.drive * demandAt(second)) }
    }
    case 'loose strap':
    case 'strap': {
      const bpm = rates[second]
      if (bpm === undefined || (athlete.by === 'loose strap' && second % DROPS_EVERY_S < DROPS_FOR_S)) return null
      const minute = rates.slice(Math.max(0, second - 60), second + 1).map((one, at, all) => ({ atMs: (at - all.length + 1) * 1_000, bpm: one }))
      return {
        kind: 'reading',
        ...numbered,
        reach: 'trainer',
        bpm,
        percentOfMax: percentOfMax(bpm, athlete.hrmaxBpm),
        zone: zoneOf(bpm, athlete.hrmaxBpm),
        estimated: false,
        contact: true,
        trend: trendOf(minute, 0),
      }
    }
  }
}
