import type { plotScale } from './summary-plot-scale'
import { runs } from './summary-plot-scale'
import { summaryStrings } from './strings-summary'

type Scale = ReturnType<typeof plotScale>

/** The lines and names of the values, to the left of a plot. */
export const PlotTicks = ({ scale }: { scale: Scale }) =>
  scale.ticks.map((value) => (
    <g key={value}>
      <line x1={scale.left} x2={scale.right} y1={scale.y(value)} y2={scale.y(value)} className="stroke-line" />
      <text x={scale.left - 6} y={scale.y(value) + 4} textAnchor="end" className="fill-soft text-[0.75rem]">
        {value}
      </text>
    </g>
  ))

/** The minutes under a plot. */
export const PlotMinutes = ({ scale, height }: { scale: Scale; height: number }) =>
  scale.minutes.map((minute) => (
    <text key={minute} x={scale.x(minute * 60)} y={height - 4} textAnchor="middle" className="fill-soft text-[0.75rem]">
      {summaryStrings.plot.minutes(minute)}
    </text>
  ))

type PlotLineProps = { curve: ReadonlyArray<number | null>; xOf: (at: number) => number; scale: Scale; className: string; dashed?: boolean }

/** One line for each stretch that was measured; nothing between them. `xOf`: where the point of an index stands. */
export const PlotLine = ({ curve, xOf, scale, className, dashed = false }: PlotLineProps) =>
  runs(curve).map(({ from, values }) => (
    <path
      key={from}
      data-run
      d={values.map((value, at) => `${at === 0 ? 'M' : 'L'}${xOf(from + at).toFixed(1)} ${scale.y(value).toFixed(1)}`).join('') + (values.length === 1 ? 'h0.1' : '')}
      fill="none"
      className={className}
      strokeWidth={2.25}
      strokeDasharray={dashed ? '5 5' : undefined}
      strokeLinejoin="round"
      strokeLinecap="round"
    />
  ))
