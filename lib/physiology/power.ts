/** Seconds of the rolling mean that weighted power is made of. */
const ROLLING_SECONDS = 30

/**
 * Weighted power in watts: the fourth root of the mean fourth power of a 30 s rolling mean, so that surges cost what they cost. Zeros
 * count; the mean begins with the 30th second. `null` for less than 30 s. Allen & Coggan, Training and Racing with a Power Meter, 2006.
 *
 * @param watts one value a second; `null` where there was none, which is left out as stopped time
 */
export function weightedPower(watts: ReadonlyArray<number | null>): number | null {
  const power = watts.filter((value) => value !== null)
  if (power.length < ROLLING_SECONDS) return null
  let window = 0
  let sum = 0
  for (let second = 0; second < power.length; second++) {
    window += (power[second] ?? 0) - (power[second - ROLLING_SECONDS] ?? 0)
    if (second >= ROLLING_SECONDS - 1) sum += (window / ROLLING_SECONDS) ** 4
  }
  return (sum / (power.length - ROLLING_SECONDS + 1)) ** 0.25
}

/** Mechanical work in kJ: a watt is a joule a second. */
export const workKj = (watts: ReadonlyArray<number | null>): number => watts.reduce<number>((sum, value) => sum + (value ?? 0), 0) / 1_000

/** The mean of the seconds that have a value; `null` where none has. */
export function meanOf(values: ReadonlyArray<number | null>): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}

/** Lower edges of power zones 1–7 as shares of threshold power (the power of about an hour). Allen & Coggan 2006. */
const POWER_EDGES = [0, 0.55, 0.75, 0.9, 1.05, 1.2, 1.5] as const

/** The zone 1–7 of a power; an edge belongs to the zone above it. */
export function powerZoneOf(watts: number, thresholdWatts: number): number {
  let zone = 1
  POWER_EDGES.forEach((edge, at) => {
    if (watts >= Math.ceil(edge * thresholdWatts)) zone = at + 1
  })
  return zone
}

/** Seconds in power zones 1–7. */
export function secondsInPowerZones(watts: ReadonlyArray<number | null>, thresholdWatts: number): number[] {
  const seconds = POWER_EDGES.map(() => 0)
  for (const value of watts) {
    if (value === null) continue
    const at = powerZoneOf(value, thresholdWatts) - 1
    seconds[at] = (seconds[at] ?? 0) + 1
  }
  return seconds
}

/**
 * Load of a ride on a scale where an hour at threshold is 100: seconds · weighted power · intensity / (threshold · 3600) · 100, with
 * intensity = weighted power / threshold. Allen & Coggan 2006.
 */
export const powerLoad = (seconds: number, weightedWatts: number, thresholdWatts: number): number =>
  ((seconds * weightedWatts * (weightedWatts / thresholdWatts)) / (thresholdWatts * 3_600)) * 100
