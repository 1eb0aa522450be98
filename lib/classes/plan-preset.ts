import type { IntervalKind, PlanBlock, PlanInterval, WorkoutPlan } from './workout-plan'

/** What a trainer starts from: the names of the field, each with the few numbers that trainers change. */
export type PresetNumber = {
  readonly key: string
  readonly label: string
  readonly unit: 'rounds' | 's' | 'min'
  readonly start: number
  readonly least: number
  readonly most: number
}
export type PlanPreset = {
  readonly id: 'tabata' | 'emom' | 'thirty-thirty' | 'pyramid' | 'steady'
  readonly numbers: readonly PresetNumber[]
  readonly build: (numbers: Readonly<Record<string, number>>) => WorkoutPlan
}

const interval = (kind: IntervalKind, durationS: number, targetZone: number | null, cue = ''): PlanInterval => ({
  kind,
  durationS,
  targetZone,
  cue,
})
const block = (rounds: number, ...intervals: PlanInterval[]): PlanBlock => ({ rounds, intervals })
const warmUp = (minutes: number): PlanBlock[] => (minutes > 0 ? [block(1, interval('warm-up', minutes * 60, 1, 'Warm up'))] : [])
const coolDown = (minutes: number): PlanBlock[] => (minutes > 0 ? [block(1, interval('cool-down', minutes * 60, 1, 'Cool down'))] : [])

const number = (key: string, label: string, unit: PresetNumber['unit'], start: number, least: number, most: number): PresetNumber => ({
  ...{ key, label, unit, start, least, most },
})
const WARM_UP = number('warmUp', 'Warm-up', 'min', 5, 0, 30)
const COOL_DOWN = number('coolDown', 'Cool-down', 'min', 5, 0, 30)

/** The steps of a pyramid, in tops: up to the longest and down again, each followed by half its time of rest. */
const pyramidOf = (top: number, steps: number): PlanInterval[] => {
  const up = Array.from({ length: steps }, (_, i) => Math.max(5, Math.round((top * (i + 1)) / steps)))
  return [...up, ...up.slice(0, -1).reverse()].flatMap((workS) => [
    interval('work', workS, 4, 'Work'),
    interval('rest', Math.max(5, Math.round(workS / 2)), 2, 'Easy'),
  ])
}

/**
 * Tabata et al., Med Sci Sports Exerc 1996;28:1327-30 (8 × 20 s / 10 s); EMOM, 30/30 and pyramid as trainers use them. The numbers are read
 * with their `start` where one is missing.
 */
export const PLAN_PRESETS: readonly PlanPreset[] = [
  preset(
    'tabata',
    [
      WARM_UP,
      number('rounds', 'Rounds', 'rounds', 8, 1, 40),
      number('work', 'Work', 's', 20, 5, 120),
      number('rest', 'Rest', 's', 10, 5, 120),
      COOL_DOWN,
    ],
    (n) => [block(n('rounds'), interval('work', n('work'), 5, 'All you have'), interval('rest', n('rest'), 2, 'Breathe'))],
  ),
  preset(
    'emom',
    [WARM_UP, number('minutes', 'Minutes', 'rounds', 12, 1, 60), number('work', 'Work in each minute', 's', 40, 5, 55), COOL_DOWN],
    (n) => [block(n('minutes'), interval('work', n('work'), 4, 'Go'), interval('rest', 60 - n('work'), 2, 'Rest until the minute'))],
  ),
  preset('thirty-thirty', [WARM_UP, number('rounds', 'Rounds', 'rounds', 10, 1, 60), COOL_DOWN], (n) => [
    block(n('rounds'), interval('work', 30, 4, 'Fast'), interval('rest', 30, 2, 'Easy')),
  ]),
  preset(
    'pyramid',
    [WARM_UP, number('top', 'Longest', 's', 120, 30, 600), number('steps', 'Steps up', 'rounds', 4, 2, 8), COOL_DOWN],
    (n) => [block(1, ...pyramidOf(n('top'), n('steps')))],
  ),
  preset('steady', [WARM_UP, number('minutes', 'Steady', 'min', 30, 5, 180), COOL_DOWN], (n) => [
    block(1, interval('work', n('minutes') * 60, 2, 'Steady, you can talk')),
  ]),
]

function preset(id: PlanPreset['id'], numbers: readonly PresetNumber[], middle: (n: (key: string) => number) => PlanBlock[]): PlanPreset {
  return {
    id,
    numbers,
    build(given) {
      const n = (key: string): number => {
        const known = numbers.find((one) => one.key === key)
        if (!known) return 0
        return Math.min(known.most, Math.max(known.least, Math.round(given[key] ?? known.start)))
      }
      return { blocks: [...warmUp(n('warmUp')), ...middle(n), ...coolDown(n('coolDown'))] }
    },
  }
}
