import type { Zone } from '@/lib/room/beat'
import { zoneEdges } from '@/lib/physiology/zones'
import { summaryStrings } from './strings-summary'
import { exactTime } from './summary-words'
import { ZoneBars } from './zone'

const words = summaryStrings.zones
const ORDER: readonly Zone[] = [5, 4, 3, 2, 1, 0]
const FILL: Readonly<Record<Zone, string>> = {
  0: 'fill-soft',
  1: 'fill-zone-1',
  2: 'fill-zone-2',
  3: 'fill-zone-3',
  4: 'fill-zone-4',
  5: 'fill-zone-5',
}

/** Time in each zone: a bar with its name, its edge and its time written on the row. `seconds`: [below zone 1, zone 1 … zone 5]. */
export const SummaryZones = ({ seconds, hrmaxBpm }: { seconds: readonly number[]; hrmaxBpm: number | null }) => {
  const longest = Math.max(1, ...seconds)
  const edges = hrmaxBpm === null ? null : zoneEdges(hrmaxBpm)
  return (
    <section>
      <h2 className="type-heading mb-3">{words.title}</h2>
      <ul className="space-y-2.5">
        {ORDER.map((zone) => {
          const time = seconds[zone] ?? 0
          const edge = zone === 0 ? null : edges?.[zone - 1]
          return (
            <li key={zone} className="grid grid-cols-[8rem_1fr_auto] items-center gap-3 sm:grid-cols-[9.5rem_1fr_6.5rem] text-base">
              <span className="leading-tight">
                <span className="flex items-center gap-2 font-semibold">
                  {words.zone(zone)}
                  {zone === 0 ? null : <ZoneBars zone={zone} className="text-small" />}
                </span>
                {edge === null || edge === undefined ? null : (
                  <span className="figures block text-small text-soft">{words.from(edge)}</span>
                )}
              </span>
              <svg aria-hidden className="h-7 w-full" preserveAspectRatio="none">
                <rect width="100%" height="100%" rx="6" className="fill-sunk" />
                {time > 0 ? (
                  <rect data-zone={zone} width={`${((100 * time) / longest).toFixed(2)}%`} height="100%" rx="6" className={FILL[zone]} />
                ) : null}
              </svg>
              <span className="figures min-w-20 text-right font-semibold whitespace-nowrap">{exactTime(time)}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
