import { heartRateSamples, hasStream, type Lap, type Recording } from '@/lib/formats/recording'
import { CURVE_SECONDS, curveOf } from '@/lib/physiology/curve'
import { type Gap, gapsOf, hold } from '@/lib/physiology/hold'
import { elapsedSecondsOf, movingSeconds } from './activity-figures'

export const PLOTTED = ['watts', 'speedMps', 'cadence', 'altitudeM'] as const
export type Plotted = (typeof PLOTTED)[number]
/** Points of a route in a box of 1 × `height`, x to the east, y down. */
export type Route = { readonly height: number; readonly points: ReadonlyArray<readonly [number, number]> }
const ROUTE_POINTS = 600

/** What the page of one activity draws: means of 15 s, a route without a map, laps. */
export type ActivityView = {
  readonly seconds: number
  readonly heartRate: { readonly curve: ReadonlyArray<number | null>; readonly gaps: readonly Gap[]; readonly workoutSeconds: number }
  readonly plots: ReadonlyArray<{ readonly stream: Plotted; readonly curve: ReadonlyArray<number | null> }>
  readonly laps: readonly Lap[]
  readonly route: Route | null
}

export function activityView(recording: Recording): ActivityView {
  const seconds = Math.max(1, Math.min(elapsedSecondsOf(recording), (recording.streams.second.at(-1) ?? 0) + 1))
  const held = hold(heartRateSamples(recording), seconds)
  return {
    seconds,
    heartRate: { curve: curveOf(held, CURVE_SECONDS), gaps: gapsOf(held).filter((gap) => gap.seconds >= CURVE_SECONDS), workoutSeconds: seconds },
    plots: PLOTTED.filter((stream) => hasStream(recording.streams[stream])).map((stream) => ({
      stream,
      curve: curveOf(movingSeconds(recording, stream, seconds), CURVE_SECONDS),
    })),
    laps: recording.laps.length > 1 ? recording.laps : [],
    route: routeOf(recording),
  }
}

/** East is shrunk by the cosine of the latitude, so that a round track is round; null where nobody moved. */
function routeOf({ streams }: Recording): Route | null {
  const places = streams.lat.flatMap((lat, at) => {
    const lon = streams.lon[at]
    return lat === null || lon === null || lon === undefined ? [] : [[lon, lat] as const]
  })
  const some = places.filter((_, at) => at % Math.ceil(places.length / ROUTE_POINTS) === 0 || at === places.length - 1)
  const first = some[0]
  if (!first) return null
  const shrink = Math.cos((first[1] * Math.PI) / 180)
  const xs = some.map(([lon]) => lon * shrink)
  const ys = some.map(([, lat]) => -lat)
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top]
  const size = Math.max(width, height / 1.2)
  if (size === 0) return null
  return {
    height: Math.max(0.25, height / size),
    points: xs.map((x, at) => [(x - left + (size - width) / 2) / size, ((ys[at] ?? 0) - top) / size] as const),
  }
}
