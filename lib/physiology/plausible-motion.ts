/** What no person and no machine in a class does is a broken reading: it is left out, never shown, stored or scored. */
export const MAX_WATTS = 3_000
/** Turns of a crank, or steps, a minute. */
export const MAX_CADENCE = 254
/** In cm/s: 108 km/h. */
export const MAX_SPEED = 3_000

/** A meter that drifts says a little less than nothing while its rider coasts. */
const DRIFT_WATTS = -50

/** Whole watts, or `null` for what nobody does. */
export const plausibleWatts = (watts: number | null): number | null => within(watts !== null && watts < 0 && watts >= DRIFT_WATTS ? 0 : watts, MAX_WATTS)
export const plausibleCadence = (perMinute: number | null): number | null => within(perMinute, MAX_CADENCE)
export const plausibleSpeed = (cmPerSecond: number | null): number | null => within(cmPerSecond, MAX_SPEED)

function within(value: number | null, most: number): number | null {
  if (value === null || !Number.isFinite(value)) return null
  const whole = Math.round(value)
  return whole >= 0 && whole <= most ? whole : null
}
