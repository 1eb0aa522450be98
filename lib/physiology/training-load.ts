import type { Sex } from './hrmax'
import type { ZoneSeconds } from './zones'

export type HeartRateReserve = { readonly hrrestBpm: number; readonly hrmaxBpm: number; readonly sex: Sex }

/**
 * Banister's training impulse: minutes · x · a·e^(b·x) with x = (HR − HRrest) / (HRmax − HRrest); men a 0.64, b 1.92, women a 0.86,
 * b 1.67. Banister 1991, in: Physiological Testing of the High-Performance Athlete; Morton, Fitz-Clarke & Banister, J Appl Physiol
 * 1990;69:1171-7. The curve is convex: over a workout, sum it per second (`banisterPerSecond`); the mean heart rate gives too little.
 */
export function banister(minutes: number, bpm: number, { hrrestBpm, hrmaxBpm, sex }: HeartRateReserve): number {
  const x = Math.max(0, (bpm - hrrestBpm) / (hrmaxBpm - hrrestBpm))
  const [a, b] = sex === 'male' ? [0.64, 1.92] : [0.86, 1.67]
  return minutes * x * a * Math.exp(b * x)
}

/** Banister's impulse of a series of one value a second; `null` seconds give nothing. */
export function banisterPerSecond(bpmPerSecond: ReadonlyArray<number | null>, reserve: HeartRateReserve): number {
  let load = 0
  for (const bpm of bpmPerSecond) if (bpm !== null) load += banister(1 / 60, bpm, reserve)
  return load
}

const weighted = (zoneSeconds: ZoneSeconds, perMinute: readonly number[]): number =>
  zoneSeconds.reduce((sum, seconds, zone) => sum + seconds * (perMinute[zone] ?? 0), 0) / 60

/** Minutes in zone 1–5 times 1–5. Edwards, The Heart Rate Monitor Book, 1993. */
export const edwards = (zoneSeconds: ZoneSeconds): number => weighted(zoneSeconds, [0, 1, 2, 3, 4, 5])

/** 1/2/3/4/4 a minute in zone 1–5: as Edwards, but zone 5 earns no more than zone 4, so nobody is paid for going too hard. */
export const effortPoints = (zoneSeconds: ZoneSeconds): number => weighted(zoneSeconds, [0, 1, 2, 3, 4, 4])
