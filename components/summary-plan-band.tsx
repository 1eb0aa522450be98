import type { ShapePart, WorkoutShape } from '@/lib/summaries/workout-shape'
import { planSummaryStrings as words } from './strings-plan-summary'
import type { plotScale } from './summary-plot-scale'
import { timeWords } from './summary-words'

const BAND = 14
const LABEL = 16
const FILL = ['fill-soft', 'fill-zone-1', 'fill-zone-2', 'fill-zone-3', 'fill-zone-4', 'fill-zone-5']

export const bandHeight = ({ startSecond, parts }: WorkoutShape): number => (parts.length > 0 ? BAND + LABEL + 6 : startSecond === null ? 0 : LABEL + 4)

type Phase = { readonly name: string; readonly fromSecond: number; readonly toSecond: number }

/** Warm-up, workout and cool-down: by the plan where it says so, and whatever was before "Start" is warm-up. */
export function phasesOf({ startSecond, parts }: WorkoutShape): Phase[] {
  const phases: Phase[] = []
  if (startSecond !== null && startSecond > 0) phases.push({ name: words.before, fromSecond: 0, toSecond: startSecond })
  for (const part of parts) {
    const name = part.kind === 'warm-up' ? words.warmUp : part.kind === 'cool-down' ? words.coolDown : words.workout
    const [last, toSecond] = [phases.at(-1), part.fromSecond + part.seconds]
    if (last?.name === name) phases[phases.length - 1] = { ...last, toSecond }
    else phases.push({ name, fromSecond: part.fromSecond, toSecond })
  }
  return phases
}

/** The same for those who do not see it: "Warm-up 5 min, workout 12 min, cool-down 5 min." */
export function planWords(shape: WorkoutShape): string {
  const phases = phasesOf(shape)
  return phases.length === 0 ? '' : words.phases(phases.map(({ name, fromSecond, toSecond }) => `${name} ${timeWords(toSecond - fromSecond)}`))
}

/** The plan as it ran, under a curve and in its time: the target's colour and number; what was not run is not drawn. */
export const PlanBand = ({ shape, scale: { x, bottom } }: { shape: WorkoutShape; scale: ReturnType<typeof plotScale> }) => {
  const top = bottom + 4
  return (
    <g data-plan-band>
      {shape.parts.map((part) => (
        <Part key={`${part.visit} ${part.fromSecond}`} part={part} left={x(part.fromSecond)} right={x(part.fromSecond + part.seconds)} top={top} />
      ))}
      {phasesOf(shape).map(({ name, fromSecond, toSecond }) => {
        const [left, right] = [x(fromSecond), x(toSecond)]
        return (
          <g key={`${name} ${fromSecond}`} data-phase={name}>
            {fromSecond > 0 ? <line x1={left} x2={left} y1={8} y2={top + BAND} className="stroke-line-strong" strokeDasharray="3 4" /> : null}
            {right - left >= name.length * 7 ? (
              <text x={(left + right) / 2} y={top + (shape.parts.length > 0 ? BAND : 0) + 13} textAnchor="middle" className="fill-ink text-[0.75rem] font-semibold">
                {name}
              </text>
            ) : null}
          </g>
        )
      })}
    </g>
  )
}

const Part = ({ part: { kind, targetZone }, left, right, top }: { part: ShapePart; left: number; right: number; top: number }) => {
  const width = Math.max(0.75, right - left - (right - left > 3 ? 0.75 : 0))
  const work = kind === 'work'
  return (
    <>
      <rect
        data-part={kind}
        x={left}
        y={work ? top : top + BAND / 2}
        width={width}
        height={work ? BAND : BAND / 2}
        className={targetZone === null ? (work ? 'fill-soft' : 'fill-line-strong') : FILL[targetZone]}
      />
      {work && targetZone !== null && targetZone > 0 && width >= 14 ? (
        <text
          x={left + width / 2}
          y={top + 11}
          textAnchor="middle"
          className={targetZone === 2 || targetZone === 5 ? 'fill-white text-[0.6875rem] font-bold' : 'fill-stage text-[0.6875rem] font-bold'}
        >
          {targetZone}
        </text>
      ) : null}
    </>
  )
}
