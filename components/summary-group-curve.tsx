'use client'
import type { WorkoutShape } from '@/lib/summaries/workout-shape'
import { bandHeight, PlanBand, planWords } from './summary-plan-band'
import { plotScale, runs } from './summary-plot-scale'
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
            {scale.ticks.map((percent) => (
              <g key={percent}>
                <line x1={scale.left} x2={scale.right} y1={scale.y(percent)} y2={scale.y(percent)} className="stroke-line" />
                <text x={scale.left - 6} y={scale.y(percent) + 4} textAnchor="end" className="fill-soft text-[0.75rem]">
                  {percent}
                </text>
              </g>
            ))}
            <PlanBand shape={shape} scale={scale} />
            {scale.minutes.map((minute) => (
              <text key={minute} x={scale.x(minute * 60)} y={HEIGHT - 4} textAnchor="middle" className="fill-soft text-[0.75rem]">
                {summaryStrings.plot.minutes(minute)}
              </text>
            ))}
            {runs(curve).map(({ from, values }) => (
              <path
                key={from}
                d={
                  values
                    .map(
                      (percent, at) =>
                        `${at === 0 ? 'M' : 'L'}${scale.x((from + at + 0.5) * SECONDS_A_POINT).toFixed(1)} ${scale.y(percent).toFixed(1)}`,
                    )
                    .join('') + (values.length === 1 ? 'h0.1' : '')
                }
                fill="none"
                className="stroke-accent"
                strokeWidth={2.5}
                strokeLinejoin="round"
                strokeLinecap="round"
              />
            ))}
          </svg>
        ) : null}
      </div>
    </>
  )
}
