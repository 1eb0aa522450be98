import type { MovingReading } from '@/lib/room/room-view'
import { classNames } from './class-names'
import { besideMotion, figureWords, motionFigures } from './motion-words'
import { readingWords } from './tile-words'

/**
 * A machine where no heart is heard. Outlined, never in a zone's colour, and its unit half as high as the number: at 3 m nobody may
 * take watts for a heart rate.
 */
export const Moving = ({ reading }: { reading: { state: 'moving'; stale: boolean } & MovingReading }) => {
  const [first, second, third] = motionFigures(reading)
  if (!first) return null
  const beside = besideMotion(reading)
  return (
    <>
      <div
        data-figure
        data-unit={first.unit}
        className={classNames(
          'flex shrink-0 items-center gap-[calc(var(--number)*0.14)] rounded-[0.45em] border-[calc(var(--number)*0.06)]',
          'px-[calc(var(--number)*0.16)] leading-none font-bold whitespace-nowrap',
          reading.stale ? 'hatched border-line-strong text-soft' : 'border-ink text-ink',
        )}
      >
        <span className="min-w-[3ch] text-right text-[length:var(--number)] tracking-[-0.03em]">{first.value}</span>
        <span className="text-[length:calc(var(--number)*0.5)]">{first.unit}</span>
      </div>
      <div className={classNames('flex min-w-0 grow flex-col justify-center pl-[0.5em]', reading.stale && 'text-soft')}>
        <span className="font-semibold">{reading.stale ? readingWords(reading) : second ? figureWords([second]) : null}</span>
        <span className="truncate text-soft [@container_(max-width:165px)]:hidden">{beside || (third && !reading.stale ? figureWords([third]) : null)}</span>
      </div>
    </>
  )
}
