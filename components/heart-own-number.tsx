'use client'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { HeartPulse } from 'lucide-react'
import type { HeartView, TileReading } from '@/lib/room/room-view'
import { classNames } from './class-names'
import { MotionLine } from './motion-row'
import { figureWords, motionFigures } from './motion-words'
import { heartStrings } from './strings-heart'
import { roomStrings } from './strings-room'
import { TrendArrow } from './tile-reading'
import { TileSpark } from './tile-spark'
import { readingSentence } from './tile-words'
import { Button } from './ui-button'
import { ZoneBarsOnColour } from './zone'
import { ZONE_FILL } from './zone-palette'

const words = heartStrings.own
/** How long "Heart rate is back" stands. */
const BACK_SHOWN_MS = 8_000
/** A loss that lasts this long needs the wearer's hand. */
const LONG_LOSS_MS = 30_000

type OwnNumberProps = { heart: HeartView; trainer: string; onOpen: () => void; onConnect: () => void; className?: string }

/** The wearer's own number, readable at 3 m. What it shows never moves anything around it. */
export const OwnNumber = ({ heart, trainer, onOpen, onConnect, className }: OwnNumberProps) => {
  const { own, sensor } = heart
  const back = useBack(own)
  const isOn = ({ state }: typeof sensor) => state === 'live' || state === 'reconnecting'
  const waits = heart.consent === null && (isOn(sensor) || isOn(heart.motion.sensor))
  return (
    <section
      aria-label={words.label}
      data-own={own.state}
      className={classNames('flex min-h-0 min-w-0 flex-col overflow-hidden rounded-control bg-surface', className)}
    >
      <div className="relative min-h-0 grow [container-type:size]">
        {own.state === 'none' ? (
          <NoNumber heart={heart} why={own.why} sinceMs={own.sinceMs} onOpen={onOpen} onConnect={onConnect} />
        ) : own.state === 'moving' ? (
          <OwnMoving own={own} onOpen={onOpen} />
        ) : (
          <Number own={own} />
        )}
        {own.state === 'effort' ? (
          <button
            type="button"
            aria-label={heartStrings.effort.change}
            onClick={onOpen}
            className="absolute inset-0 cursor-pointer rounded-control"
          />
        ) : null}
      </div>
      {own.state === 'moving' ? null : <MotionLine motion={heart.motion} />}
      {own.state === 'none' && sensor.state === 'idle' && !waits ? null : (
        <p className="flex min-h-9 items-center justify-center gap-2 px-2 py-1 text-center text-small leading-tight text-soft">
          {waits ? (
            <button type="button" className="link min-h-9 cursor-pointer" onClick={onOpen}>
              {words.consentWaits}
            </button>
          ) : (
            (back ?? (own.state === 'live' && own.contact === false ? words.contact : audience(heart, trainer)))
          )}
        </p>
      )}
      <p role="status" className="sr-only">
        {own.state === 'none' ? reason(own.why, own.sinceMs) : own.state === 'moving' ? reason(own.heart, null) : back}
      </p>
    </section>
  )
}

function audience({ consent, hidden }: HeartView, trainer: string): ReactNode {
  if (!consent) return null
  if (hidden) return words.hidden
  return consent.live === 'trainer' ? words.seen.trainer(trainer) : words.seen[consent.live]
}

const Number = ({ own }: { own: Exclude<TileReading, { state: 'none' | 'moving' }> }) => {
  const beating = own.state === 'effort' ? null : own
  const zone = beating?.zone ?? null
  const stale = own.state === 'stale'
  const value = beating ? beating.bpm : own.state === 'effort' ? own.effort : null
  return (
    <div
      className={classNames(
        'figures absolute inset-0 flex flex-col items-center justify-center overflow-hidden transition-colors duration-200 ease-calm',
        stale ? 'hatched bg-surface text-soft' : zone === null || zone === 0 ? 'bg-accent-wash text-ink' : ZONE_FILL[zone],
      )}
    >
      <p className="sr-only">{readingSentence(own)}</p>
      <p aria-hidden data-figure className="text-[length:min(58cqh,42cqw)] leading-[0.95] font-bold tracking-[-0.04em]">
        {value}
      </p>
      <p
        aria-hidden
        className={classNames(
          'flex items-center gap-[0.5em] text-[length:clamp(1rem,min(13cqh,9cqw),2.25rem)] leading-tight',
          'font-semibold whitespace-nowrap',
        )}
      >
        {own.state === 'effort' ? (
          <span>{roomStrings.tile.effort} / 10</span>
        ) : stale ? (
          <span>{roomStrings.tile.ago(own.ageMs)}</span>
        ) : (
          <>
            {zone === null ? <span>{words.bpm}</span> : null}
            {zone !== null && zone > 0 ? (
              <span className="flex items-center gap-[0.3em]">
                {zone} <ZoneBarsOnColour zone={zone} />
              </span>
            ) : null}
            {own.percentOfMax === null ? null : <span>{roomStrings.tile.percent(own.percentOfMax)}</span>}
            {own.estimated ? <span className="font-normal">{roomStrings.tile.estimated}</span> : null}
            <TrendArrow trend={own.trend} />
          </>
        )}
      </p>
      {beating ? (
        <TileSpark history={beating.history} className="h-[min(14cqh,3rem)] w-[70%] opacity-70 [@container_(max-height:150px)]:hidden" />
      ) : null}
    </div>
  )
}

/** The machine where no heart is heard: outlined, without a zone's colour, its unit large; and the way to a heart rate. */
const OwnMoving = ({ own, onOpen }: { own: Extract<TileReading, { state: 'moving' }>; onOpen: () => void }) => {
  const [first, ...others] = motionFigures(own)
  return (
    <div
      className={classNames(
        'figures absolute inset-0 flex flex-col items-center justify-center overflow-hidden rounded-control border-4 p-1 text-center',
        own.stale ? 'hatched border-line-strong text-soft' : 'border-ink text-ink',
      )}
    >
      <p className="sr-only">{readingSentence(own)}</p>
      <p aria-hidden data-figure data-unit={first?.unit} className="text-[length:min(44cqh,30cqw)] leading-[0.95] font-bold whitespace-nowrap">
        <span className="tracking-[-0.04em]">{first?.value}</span>
        <span className="text-[0.45em]"> {first?.unit}</span>
      </p>
      <p aria-hidden className="text-[length:clamp(1rem,min(11cqh,7cqw),2rem)] leading-tight font-semibold">
        {own.stale ? roomStrings.tile.ago(own.ageMs) : figureWords(others)}
      </p>
      <button type="button" className="link min-h-11 max-w-full cursor-pointer px-2 text-small leading-tight" onClick={onOpen}>
        {reason(own.heart, null) ?? heartStrings.add}
      </button>
    </div>
  )
}

type Why = Extract<TileReading, { state: 'none' }>['why']
type NoNumberProps = { heart: HeartView; why: Why; sinceMs: number | null; onOpen: () => void; onConnect: () => void }

function reason(why: Why | 'none', sinceMs: number | null): string | null {
  if (why === 'lost' || why === 'reconnecting') return (sinceMs ?? 0) >= LONG_LOSS_MS ? words.lostLong : words.lost
  if (why === 'contact') return words.contact
  return null
}

/** No number is drawn where none is known: the reason and what helps, or the way in. */
const NoNumber = ({ heart, why, sinceMs, onOpen, onConnect }: NoNumberProps) => {
  const said = reason(why, sinceMs)
  if (said)
    return (
      <div
        className={classNames(
          'absolute inset-0 flex flex-col items-center justify-center gap-3 overflow-y-auto rounded-control border-2',
          'border-dashed border-line-strong p-3 text-center',
        )}
      >
        <p className="text-[length:clamp(1.125rem,min(14cqh,8cqw),2rem)] leading-snug font-semibold text-balance">{said}</p>
        {why === 'lost' && (sinceMs ?? 0) >= LONG_LOSS_MS ? <Button onClick={onConnect}>{words.again}</Button> : null}
      </div>
    )
  const connecting =
    heart.sensor.state === 'choosing'
      ? heartStrings.card.searching
      : heart.sensor.state === 'connecting' || heart.sensor.state === 'live'
        ? heartStrings.card.connecting(null)
        : null
  return (
    <div className="absolute inset-0 flex flex-col items-center justify-center gap-2 p-3 text-center">
      {connecting ? (
        <p className="text-lead">{connecting}</p>
      ) : (
        <>
          <Button size="large" onClick={onOpen}>
            <HeartPulse aria-hidden />
            {heartStrings.add}
          </Button>
          <p className="text-small text-soft [@container_(max-height:110px)]:hidden">{heartStrings.addText}</p>
        </>
      )}
    </div>
  )
}

/** "Heart rate is back…", for a while after a loss; the gap's length is what was last said of it. */
function useBack(own: TileReading): string | null {
  const [back, setBack] = useState<string | null>(null)
  const gapMs = useRef<number | null>(null)
  const lost = own.state === 'none' && (own.why === 'lost' || own.why === 'reconnecting')
  const sinceMs = lost ? own.sinceMs : null
  const live = own.state === 'live'
  useEffect(() => {
    if (lost) gapMs.current = sinceMs ?? gapMs.current ?? 0
    if (!live || gapMs.current === null) return
    setBack(words.back(gapMs.current))
    gapMs.current = null
  }, [lost, live, sinceMs])
  useEffect(() => {
    if (back === null) return
    const timer = setTimeout(() => setBack(null), BACK_SHOWN_MS)
    return () => clearTimeout(timer)
  }, [back])
  return back
}
