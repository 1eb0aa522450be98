'use client'
import { CURVE_SECONDS } from '@/lib/physiology/curve'
import { PlotLine, PlotMinutes, PlotTicks } from './plot-frame'
import { historyStrings } from './strings-history'
import { plotScale } from './summary-plot-scale'
import { useSize } from './use-size'

const HEIGHT = 160

/** One stream over time: power, speed, cadence or altitude, with its range in words. */
export const StreamPlot = ({ title, unit, curve, seconds }: { title: string; unit: string; curve: ReadonlyArray<number | null>; seconds: number }) => {
  const [ref, { width }] = useSize()
  const heard = curve.filter((value) => value !== null)
  if (heard.length === 0) return null
  const [low, high] = [Math.min(...heard), Math.max(...heard)]
  const scale = plotScale({ width, height: HEIGHT, seconds, low, high })
  return (
    <section data-plot={title}>
      <h2 className="mb-1 type-heading">
        {title} <span className="text-base font-normal text-soft">{unit}</span>
      </h2>
      <p className="mb-2 text-base text-soft">{historyStrings.page.plotAlt(Math.round(low), Math.round(high), unit)}</p>
      <div ref={ref} className="h-40 w-full">
        {width > 0 ? (
          <svg aria-hidden width={width} height={HEIGHT} className="figures">
            <PlotTicks scale={scale} />
            <PlotMinutes scale={scale} height={HEIGHT} />
            <PlotLine curve={curve} scale={scale} xOf={(at) => scale.x((at + 0.5) * CURVE_SECONDS)} className="stroke-accent" />
          </svg>
        ) : null}
      </div>
    </section>
  )
}
