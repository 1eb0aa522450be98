'use client'
import type { WorkoutShape } from '@/lib/summaries/workout-shape'
import { bandHeight, PlanBand, planWords } from './summary-plan-band'
import { PlotLine, PlotMinutes, PlotTicks } from './plot-frame'
import { plotScale } from './summary-plot-scale'
import { summaryStrings } from './strings-summary'
import { useSize } from './use-size'

const words = summaryStrings.group
const HEIGHT = 220
const SECONDS_A_POINT = 15

/** The mean % of own maximum over the class; empty where fewer than three people are measured. */
export const GroupCurve = ({ curve, shape }: { curve: ReadonlyArray<number | null>; shape: WorkoutShape }) => {
  const [ref, { width }] = useSize()
  const heard = curve.filter((percent) => percent !== null)
  if (heard.length === 0) return <p className="text-base text-soft">{words.curveLess}</p>
  const [low, high] = [Math.min(...heard), Math.max(...heard)]
  const scale = plotScale({ width, height: HEIGHT, seconds: curve.length * SECONDS_A_POINT, low, high, under: bandHeight(shape) })
  return (
    <>
      <p className="mb-3 text-base text-soft">
        {words.curveAlt(Math.round(low), Math.round(high))} {words.curveText} {planWords(shape)}
      </p>
      <div ref={ref} className="h-56 w-full">
        {width > 0 ? (
          <svg aria-hidden width={width} height={HEIGHT} className="figures">
            <PlotTicks scale={scale} />
            <PlanBand shape={shape} scale={scale} />
            <PlotMinutes scale={scale} height={HEIGHT} />
            <PlotLine curve={curve} scale={scale} xOf={(at) => scale.x((at + 0.5) * SECONDS_A_POINT)} className="stroke-accent" />
          </svg>
        ) : null}
      </div>
    </>
  )
}
