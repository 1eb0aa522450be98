import { memo, type ReactNode } from 'react'
import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react'
import type { Trend, Zone } from '@/lib/room/beat'
import type { LiveReading, TileReading } from '@/lib/room/room-view'
import { classNames } from './class-names'
import { motionStrings } from './strings-motion'
import { roomStrings } from './strings-room'
import { Moving } from './tile-moving'
import { TileSpark } from './tile-spark'
import { readingWords } from './tile-words'
import { ZONE_FILL } from './zone-palette'
import { ZoneBarsOnColour } from './zone'

const words = roomStrings.tile
const ARROW = { rising: ArrowUpRight, steady: ArrowRight, falling: ArrowDownRight }

export const TrendArrow = memo(function TrendArrow({ trend, className }: { trend: Trend; className?: string }) {
  const Arrow = ARROW[trend]
  return <Arrow aria-hidden data-trend={trend} strokeWidth={2.5} className={classNames('size-[1.25em] shrink-0', className)} />
})

/**
 * The strip of a tile. Its height follows `--number` (set by the tile from its own size), never what is shown: no number moves
 * anything. Silent for screen readers: the tile says it as one sentence.
 */
export const TileReadingStrip = ({ reading }: { reading: TileReading }) => (
  <div
    aria-hidden
    data-reading={reading.state === 'moving' && reading.stale ? 'stale' : reading.state}
    className={classNames(
      'figures flex h-[calc(var(--number)*1.3)] items-stretch',
      'text-[length:max(0.8125rem,min(calc(var(--number)*0.36),5.4cqw))] leading-tight',
    )}
  >
    {reading.state === 'none' ? (
      <Silence reading={reading} />
    ) : reading.state === 'effort' ? (
      <Effort reading={reading} />
    ) : reading.state === 'moving' ? (
      <Moving reading={reading} />
    ) : (
      <Beating reading={reading} />
    )}
  </div>
)

const Figure = ({ value, zone, stale, children }: { value: number; zone: Zone | null; stale?: boolean; children?: ReactNode }) => (
  <div
    data-figure
    className={classNames(
      'flex shrink-0 items-center gap-[0.4em] rounded-[0.45em] pr-[0.4em] pl-[0.5em]',
      stale ? 'hatched bg-accent-wash text-soft' : zone === null || zone === 0 ? 'bg-accent-wash text-ink' : ZONE_FILL[zone],
    )}
  >
    <span className="min-w-[3ch] text-right text-[length:var(--number)] leading-none font-bold tracking-[-0.03em]">{value}</span>
    <span className="flex w-[1.6em] flex-col items-center gap-[0.2em] font-bold">{children}</span>
  </div>
)

/** Zone number over its bars, in the colour that may stand on the zone's. */
const ZoneMark = memo(function ZoneMark({ zone }: { zone: Zone | null }) {
  if (zone === null) return null
  return (
    <>
      <span className="leading-none">{zone === 0 ? '–' : zone}</span>
      <ZoneBarsOnColour zone={zone} />
    </>
  )
})

const Beating = ({ reading }: { reading: { state: 'live' | 'stale' } & LiveReading }) => {
  const stale = reading.state === 'stale'
  return (
    <>
      <Figure value={reading.bpm} zone={reading.zone} stale={stale}>
        <ZoneMark zone={reading.zone} />
      </Figure>
      <div className={classNames('flex min-w-0 grow flex-col justify-between py-[0.15em] pl-[0.5em]', stale && 'text-soft')}>
        {/* In the narrowest tile there is room for the number, its zone and where it goes. One line elsewhere: what does not fit beside the percent is not begun. */}
        <span
          className={classNames(
            'flex gap-x-[0.35em] font-semibold',
            stale ? 'items-baseline leading-none' : 'h-[1.25em] shrink-0 flex-wrap overflow-hidden whitespace-nowrap [@container_(max-width:165px)]:hidden',
          )}
        >
          {stale ? (
            readingWords(reading)
          ) : (
            <>
              {reading.percentOfMax === null ? words.bpm : words.percent(reading.percentOfMax)}
              {reading.estimated ? <span className="font-normal text-soft">{words.estimated}</span> : null}
              {reading.watts == null ? (
                <span className="hidden font-normal text-soft [@container_(min-width:420px)]:inline">
                  {reading.percentOfMax === null ? words.noZoneShort : words.ofMaxShort}
                </span>
              ) : (
                <span data-watts className="font-normal text-soft">
                  {motionStrings.watts(reading.watts)}
                </span>
              )}
            </>
          )}
        </span>
        <span className="flex min-h-0 grow items-end gap-[0.25em] pt-[0.2em]">
          <TileSpark history={reading.history} className="h-full min-w-0 grow text-soft [@container_(max-width:165px)]:invisible" />
          {stale ? null : <TrendArrow trend={reading.trend} className="self-center" />}
        </span>
      </div>
    </>
  )
}

const Effort = ({ reading }: { reading: Extract<TileReading, { state: 'effort' }> }) => (
  <>
    <Figure value={reading.effort} zone={null}>
      <span className="text-[0.85em] leading-none font-semibold text-soft">/10</span>
    </Figure>
    <div className="flex min-w-0 grow flex-col justify-center pl-[0.5em] font-semibold [@container_(max-width:165px)]:hidden">
      <span className="whitespace-nowrap">{words.effort}</span>
      <span className="font-normal whitespace-nowrap text-soft">{readingWords(reading)}</span>
    </div>
  </>
)

/** No number, so no number is drawn: an outline with the reason and whose turn it is. */
const Silence = ({ reading }: { reading: Extract<TileReading, { state: 'none' }> }) => {
  const said = readingWords(reading)
  if (!said) return null
  const lost = reading.why === 'lost' || reading.why === 'reconnecting'
  return (
    <div
      className={classNames(
        'flex min-w-0 grow items-center rounded-[0.45em] px-[0.55em]',
        lost ? 'border-2 border-dashed border-line-strong text-ink' : 'text-soft',
      )}
    >
      <span className="line-clamp-3 text-[length:clamp(0.8125rem,calc(var(--number)*0.24),1.75rem)]">{said}</span>
    </div>
  )
}
