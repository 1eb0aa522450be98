import type { Streams } from '@/lib/formats/recording'

const EARTH_RADIUS_M = 6_371_008.8
const RADIANS = Math.PI / 180
/** A barometer at rest wanders this much; only a climb above it is one. */
const CLIMB_M = 3

/** The length of the route over the ground in metres (haversine on a sphere of the mean radius); null without two places. */
export function trackMetres({ lat, lon }: Pick<Streams, 'lat' | 'lon'>): number | null {
  let metres = 0
  let places = 0
  let before: readonly [number, number] | null = null
  lat.forEach((north, at) => {
    const east = lon[at]
    if (north === null || east === null || east === undefined) return
    places++
    if (before !== null) metres += distanceM(before, [north, east])
    before = [north, east]
  })
  return places < 2 ? null : metres
}

function distanceM([fromLat, fromLon]: readonly [number, number], [toLat, toLon]: readonly [number, number]): number {
  const half = (degrees: number) => Math.sin((degrees * RADIANS) / 2) ** 2
  const a = half(toLat - fromLat) + Math.cos(fromLat * RADIANS) * Math.cos(toLat * RADIANS) * half(toLon - fromLon)
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(a)))
}

/** Metres climbed from turn to turn, where a turn is more than what a resting sensor wanders; null without an altitude. */
export function ascentOf(altitudeM: ReadonlyArray<number | null>): number | null {
  let low: number | null = null
  let high: number | null = null
  let climbed = 0
  for (const metres of altitudeM) {
    if (metres === null) continue
    if (high === null) {
      if (low === null || metres < low) low = metres
      else if (metres - low >= CLIMB_M) high = metres
    } else if (metres > high) high = metres
    else if (high - metres >= CLIMB_M) {
      climbed += high - (low ?? high)
      low = metres
      high = null
    }
  }
  return low === null ? null : climbed + (high === null ? 0 : high - low)
}
