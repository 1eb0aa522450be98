/** Words of the plan in a summary. Times come in words already; no word judges a body. */
export const planSummaryStrings = {
  before: 'Before the start',
  warmUp: 'Warm-up',
  workout: 'Workout',
  coolDown: 'Cool-down',
  phases: (parts: readonly string[]) => `${parts.join(', ')}.`,
  target: (inTarget: string, all: string) => `${inTarget} of ${all} of work were in the zone that was asked for.`,
  recovered: (bpm: number, count: number) =>
    count === 1
      ? `After one work interval your heart rate fell by ${bpm} bpm in a minute.`
      : `After ${count} work intervals your heart rate fell by ${bpm} bpm in a minute, on average.`,
  title: 'Interval by interval',
  note: 'Recovery is the fall in the first minute after an interval. Where work began again sooner, there is none to tell.',
  interval: 'Interval',
  asked: 'Asked',
  inTarget: 'In target',
  recovery: 'Recovery',
  name: (cue: string, round: number, of: number) => `${cue === '' ? 'Work' : cue}${of > 1 ? `, ${round} of ${of}` : ''}`,
  zone: (zone: number) => (zone === 0 ? 'below zone 1' : `zone ${zone}`),
  of: (inTarget: string, all: string) => `${inTarget} of ${all}`,
  bpm: (bpm: number) => (bpm >= 0 ? `−${bpm} bpm` : `+${-bpm} bpm`),
  none: '–',
} as const
