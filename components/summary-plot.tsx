'use client'
import type { SummaryFigures } from '@/lib/summaries/summary'
import type { WorkoutShape } from '@/lib/summaries/workout-shape'
import { zoneEdges } from '@/lib/physiology/zones'
import { bandHeight, PlanBand, planWords } from './summary-plan-band'
import { PlotLine, PlotMinutes, PlotTicks } from './plot-frame'
import { plotScale, pointSecond } from './summary-plot-scale'
import { summaryStrings } from './strings-summary'
import { exactTime, timeWords } from './summary-words'
import { Disclosure } from './ui-disclosure'
import { useSize } from './use-size'

const words = summaryStrings.plot
const SECONDS_A_POINT = 15
const BAND = ['fill-zone-1', 'fill-zone-2', 'fill-zone-3', 'fill-zone-4', 'fill-zone-5']

type Plotted = { readonly [figure in 'curve' | 'gaps']: Readonly<SummaryFigures[figure]> } & { readonly workoutSeconds: number }
type PlotProps = { figures: Plotted; shape: WorkoutShape; hrmaxBpm: number | null }

/** Heart rate over the bands of the own zones; a gap stays empty and says how long it was. The same in words and as a table. */
export const SummaryPlot = ({ figures, shape, hrmaxBpm }: PlotProps) => {
  const [ref, { width }] = useSize()
  const heard = figures.curve.filter((bpm) => bpm !== null)
  if (heard.length === 0) return null
  const edges = hrmaxBpm === null ? null : zoneEdges(hrmaxBpm)
  const seconds = Math.max(figures.workoutSeconds, figures.curve.length * SECONDS_A_POINT)
  return (
    <section>
      <h2 className="type-heading mb-1">{words.title}</h2>
      <p className="mb-3 text-base text-soft">
        {words.alt(Math.round(Math.min(...heard)), Math.round(Math.max(...heard)), timeWords(seconds))} {planWords(shape)}
      </p>
      <div ref={ref} className="h-64 w-full">
        {width > 0 ? (
          <Drawing
            width={width}
            height={256}
            figures={figures}
            shape={shape}
            edges={edges}
            seconds={seconds}
            low={Math.min(...heard)}
            high={Math.max(...heard)}
          />
        ) : null}
      </div>
      <Disclosure summary={<span className="text-small font-normal text-soft">{words.table}</span>}>
        <table className="figures w-full max-w-xs text-small">
          <thead>
            <tr className="text-left text-soft">
              <th scope="col" className="py-1 font-normal">
                {words.minute}
              </th>
              <th scope="col" className="py-1 text-right font-normal">
                {words.mean}
              </th>
            </tr>
          </thead>
          <tbody>
            {perMinute(figures.curve).map((mean, minute) => (
              <tr key={minute} className="border-t border-line">
                <td className="py-1">{minute + 1}</td>
                <td className="py-1 text-right">{mean === null ? words.none : Math.round(mean)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Disclosure>
    </section>
  )
}

type DrawingProps = {
  width: number
  height: number
  figures: PlotProps['figures']
  shape: WorkoutShape
  edges: readonly number[] | null
  seconds: number
  low: number
  high: number
}

const Drawing = ({ width, height, figures, shape, edges, seconds, low, high }: DrawingProps) => {
  const scale = plotScale({ width, height, seconds, low, high, marginRight: edges ? 52 : 2, under: bandHeight(shape) })
  const { x, y, left, right, top, bottom } = scale
  return (
    <svg aria-hidden width={width} height={height} className="figures text-ink">
      {edges?.map((edge, at) => {
        const upper = y(edges[at + 1] ?? 1_000)
        const lower = y(edge)
        if (lower - upper < 1) return null
        return (
          <g key={edge}>
            <rect data-band={at + 1} x={left} width={right - left} y={upper} height={lower - upper} className={BAND[at]} opacity={0.22} />
            {lower - upper >= 16 ? (
              <text x={right + 6} y={(lower + upper) / 2 + 4} className="fill-soft text-[0.75rem]">
                {summaryStrings.zones.zone(at + 1)}
              </text>
            ) : null}
          </g>
        )
      })}
      <PlotTicks scale={scale} />
      <PlanBand shape={shape} scale={scale} />
      <PlotMinutes scale={scale} height={height} />
      {figures.gaps
        .filter((gap) => gap.seconds >= SECONDS_A_POINT)
        .map((gap) => (
          <g key={gap.fromSecond} data-gap>
            <rect
              x={x(gap.fromSecond)}
              width={Math.max(1, x(gap.fromSecond + gap.seconds) - x(gap.fromSecond))}
              y={top}
              height={bottom - top}
              className="fill-paper"
              opacity={0.85}
            />
            {x(gap.fromSecond + gap.seconds) - x(gap.fromSecond) > 90 ? (
              <text x={x(gap.fromSecond + gap.seconds / 2)} y={(top + bottom) / 2} textAnchor="middle" className="fill-soft text-[0.75rem]">
                {words.gap(exactTime(gap.seconds))}
              </text>
            ) : null}
          </g>
        ))}
      <PlotLine
        curve={figures.curve}
        scale={scale}
        xOf={(at) => x(pointSecond(at * SECONDS_A_POINT, SECONDS_A_POINT, figures.gaps))}
        className="stroke-ink"
      />
    </svg>
  )
}

/** Mean of each whole minute; `null` where the whole minute is a gap. */
export function perMinute(curve: ReadonlyArray<number | null>): Array<number | null> {
  const minutes = Math.ceil(curve.length / 4)
  return Array.from({ length: minutes }, (_, minute) => {
    const heard = curve.slice(minute * 4, minute * 4 + 4).filter((bpm) => bpm !== null)
    return heard.length === 0 ? null : heard.reduce((sum, bpm) => sum + bpm, 0) / heard.length
  })
}
