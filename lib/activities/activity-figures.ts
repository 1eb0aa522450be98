import { heartRateSamples, type Recording, type StreamName } from '@/lib/formats/recording'
import { computeFigure } from '@/lib/physiology/figure'
import { heartRateDrift } from '@/lib/physiology/fitness'
import { heartRateFigures } from '@/lib/physiology/heart-rate-figures'
import { hold, HOLD_SECONDS } from '@/lib/physiology/hold'
import { rmssd } from '@/lib/physiology/hrv'
import { meanOf, powerLoad, secondsInPowerZones, weightedPower, workKj } from '@/lib/physiology/power'
import type { ActivityFigures, ActivityInputs } from './activity'
import { ascentOf, trackMetres } from './track'

/** From the first record to the end that the device says, or the last record. */
export const elapsedSecondsOf = ({ streams, said }: Recording): number => Math.max(streams.second.at(-1) ?? 0, Math.round(said.elapsedSeconds ?? 0))

/**
 * Recording and profile → figures. What the device says of distance, ascent and moving time counts before what can be computed; all else
 * is computed, so that two devices are measured alike. Pure: the same recording and inputs give the same figures.
 */
export function activityFigures(recording: Recording, inputs: ActivityInputs): ActivityFigures {
  const { streams, said, pauses, rr } = recording
  const elapsed = elapsedSecondsOf(recording)
  const counted = Math.min(elapsed, (streams.second.at(-1) ?? 0) + HOLD_SECONDS)
  const bpm = hold(heartRateSamples(recording), counted)
  const watts = movingSeconds(recording, 'watts', counted)
  const { thresholdWatts } = inputs
  const weighted = weightedPower(watts)
  const hasPower = watts.some((value) => value !== null && value > 0)
  const timerSeconds = said.timerSeconds ?? Math.max(0, elapsed - pauses.reduce((sum, { seconds }) => sum + seconds, 0))
  const output = hasPower ? watts : recording.sport === 'running' ? movingSeconds(recording, 'speedMps', counted) : null
  const intervals = rr.flatMap((after) => after.intervals.map((interval) => (interval * 1000) / 1024))
  const power = hasPower ? { threshold_power: thresholdWatts } : null
  return {
    version: 1,
    inputs,
    timerSeconds,
    measuredSeconds: bpm.filter((value) => value !== null).length,
    ...heartRateFigures(bpm, inputs),
    distanceM: said.distanceM ?? streams.distanceM.findLast((metres) => metres !== null) ?? trackMetres(streams),
    ascentM: said.ascentM ?? ascentOf(streams.altitudeM),
    averageWatts: hasPower ? meanOf(watts) : null,
    peakWatts: hasPower ? watts.reduce<number>((peak, value) => Math.max(peak, value ?? 0), 0) : null,
    weightedWatts: hasPower ? weighted : null,
    workKj: hasPower ? workKj(watts) : null,
    powerZoneSeconds: power && computeFigure(power, ({ threshold_power }) => secondsInPowerZones(watts, threshold_power)),
    powerLoad: power && weighted !== null ? computeFigure(power, ({ threshold_power }) => powerLoad(timerSeconds, weighted, threshold_power)) : null,
    driftPercent: heartRateDrift(bpm, output),
    rmssd: intervals.length === 0 ? null : rmssd(intervals),
  }
}

/** A stream at one value a second, held like a heart rate, and nothing in the pauses: a device that stops keeps its last value. */
export function movingSeconds({ streams, pauses }: Recording, name: StreamName, seconds: number): Array<number | null> {
  const held = hold(streams.second.map((second, at) => ({ second, bpm: streams[name][at] ?? null })), seconds)
  let cleared = 0
  // Each second once, however many pauses a file puts over each other.
  for (const pause of pauses.toSorted((one, other) => one.startSecond - other.startSecond)) {
    const until = Math.min(seconds, pause.startSecond + Math.ceil(pause.seconds))
    for (let second = Math.max(cleared, Math.ceil(pause.startSecond) + 1); second < until; second++) held[second] = null
    cleared = Math.max(cleared, until)
  }
  return held
}
