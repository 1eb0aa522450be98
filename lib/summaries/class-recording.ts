import type { ClassKind } from '@/lib/classes/series'
import { NOTHING_SAID, type Recording } from '@/lib/formats/recording'
import type { Sport } from '@/lib/formats/sport'
import { zoneOffsetMinutes } from '@/lib/platform/timezone'
import type { RecordedIntervals } from '@/lib/telemetry/intervals'
import { chooseSource, type SourceRun } from './choose-source'

const SPORTS: { readonly [kind in ClassKind]: Sport } = {
  ...{ hiit: 'workout', strength: 'strength', cycling: 'cycling', running: 'running', yoga: 'mobility', pilates: 'mobility' },
  ...{ dance: 'workout', boxing: 'workout', mobility: 'mobility', other: 'other' },
}

export type RecordedClass = {
  readonly startedAtMs: number
  /** From the start to the end of the workout. */
  readonly seconds: number
  readonly kind: ClassKind
  readonly timezone: string
  readonly runs: readonly SourceRun[]
  readonly intervals: readonly RecordedIntervals[]
}

/**
 * What a member recorded in a class, as one recording from its start to the end of the workout: the same held heart rate that the
 * summary is made of, so that both have the same figures. Null when nothing was recorded.
 */
export function classRecording({ startedAtMs, seconds, kind, timezone, runs, intervals }: RecordedClass): Recording | null {
  const chosen = (metric: 'bpm' | 'watts' | 'cadence' | 'speed') => chooseSource(runs, startedAtMs, seconds, metric)
  const [bpm, watts, turns, speed] = [chosen('bpm'), chosen('watts'), chosen('cadence'), chosen('speed')]
  if (![bpm, watts, turns, speed].some((values) => values.some((value) => value !== null))) return null
  const none = bpm.map(() => null)
  // A foot pod counts both feet; recordings count one.
  const cadence = kind === 'running' ? turns.map((steps) => (steps === null ? null : steps / 2)) : turns
  const speedMps = speed.map((value) => (value === null ? null : value / 100))
  const best = Math.min(...intervals.map(({ rank }) => rank))
  const rr = intervals
    .filter(({ rank }) => rank === best)
    .map(({ atMs, intervals: beats }) => ({ second: Math.floor((atMs - startedAtMs) / 1000), intervals: beats }))
    .filter(({ second }) => second >= 0 && second < seconds)
    .sort((one, other) => one.second - other.second)
  return {
    ...{ sport: SPORTS[kind], sourceSport: kind, startedAt: startedAtMs, zoneOffsetMinutes: zoneOffsetMinutes(startedAtMs, timezone), device: null },
    streams: { second: bpm.map((_, second) => second), bpm, watts, cadence, speedMps, altitudeM: none, distanceM: none, lat: none, lon: none },
    ...{ rr, laps: [], pauses: [], said: { ...NOTHING_SAID, elapsedSeconds: seconds } },
    problems: bpm.some((value) => value !== null) ? [] : ['no_heart_rate'],
  }
}
