import type { Zone } from '@/lib/room/beat'
import { classNames } from './class-names'
import { words } from './strings'
import { ZONE_FILL } from './zone-palette'

const BARS = [1, 2, 3, 4, 5] as const
const HEIGHT = ['h-[44%]', 'h-[58%]', 'h-[72%]', 'h-[86%]', 'h-full']

/** Shape: one to five filled bars. Takes its height from its parent's font size. Silent for screen readers: `ZoneBadge` speaks. */
export const ZoneBars = ({ zone, stale = false, className }: { zone: Zone | null; stale?: boolean; className?: string }) => (
  <span aria-hidden data-zone-bars={zone ?? 'unknown'} className={classNames('inline-flex h-[1em] items-end gap-[0.12em]', className)}>
    {BARS.map((bar, at) => {
      const filled = zone !== null && bar <= zone
      return (
        <span
          key={bar}
          data-filled={filled}
          className={classNames('w-[0.26em] rounded-[0.06em]', HEIGHT[at], filled ? (stale ? 'bg-soft' : ZONE_FILL[zone]) : 'bg-current/25')}
        />
      )
    })}
  </span>
)

/** Colour, number and shape at once. `null`: no age and no own maximum, so no zone is claimed. */
export const ZoneBadge = ({ zone, stale = false, className }: { zone: Zone | null; stale?: boolean; className?: string }) => {
  if (zone === null) return <span className={classNames('text-small text-soft', className)}>{words.zone.unknown}</span>
  return (
    <span
      className={classNames(
        'inline-flex items-center gap-[0.4em] rounded-full px-[0.6em] py-[0.15em] font-semibold whitespace-nowrap',
        stale ? 'hatched text-soft' : ZONE_FILL[zone],
        className,
      )}
    >
      <span className="figures">{zone === 0 ? words.zone.below : words.zone.name(zone)}</span>
      {zone === 0 ? null : <ZoneBarsOnColour zone={zone} />}
    </span>
  )
}

/** Bars on their own colour are drawn in the text's colour. */
export const ZoneBarsOnColour = ({ zone }: { zone: Zone }) => (
  <span aria-hidden className="inline-flex h-[0.8em] items-end gap-[0.12em]">
    {BARS.map((bar, at) => (
      <span key={bar} data-filled={bar <= zone} className={classNames('w-[0.22em] rounded-[0.06em]', HEIGHT[at], bar <= zone ? 'bg-current' : 'bg-current/30')} />
    ))}
  </span>
)
