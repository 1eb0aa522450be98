import type { Route } from '@/lib/activities/activity-view'
import { historyStrings } from './strings-history'

const SIZE = 320
const MARGIN = 10

/** Where it went, without a map: nobody is asked for tiles, so nobody learns the place. */
export const RouteSketch = ({ route: { height, points } }: { route: Route }) => {
  const at = ([x, y]: readonly [number, number]): string => `${(MARGIN + x * SIZE).toFixed(1)} ${(MARGIN + y * SIZE).toFixed(1)}`
  const [first, last] = [points[0], points.at(-1)]
  const dot = (point: readonly [number, number] | undefined, className: string) =>
    point ? <circle cx={MARGIN + point[0] * SIZE} cy={MARGIN + point[1] * SIZE} r={5} className={className} /> : null
  return (
    <section>
      <h2 className="mb-1 type-heading">{historyStrings.page.route}</h2>
      <p className="mb-3 text-base text-soft">{historyStrings.page.routeText}</p>
      <svg aria-hidden data-route viewBox={`0 0 ${SIZE + 2 * MARGIN} ${height * SIZE + 2 * MARGIN}`} className="max-h-96 w-full rounded-panel bg-sunk">
        <path d={`M${points.map(at).join('L')}`} fill="none" className="stroke-accent" strokeWidth={2.5} strokeLinejoin="round" strokeLinecap="round" />
        {dot(first, 'fill-surface stroke-accent stroke-2')}
        {dot(last, 'fill-accent')}
      </svg>
    </section>
  )
}
