import { memo } from 'react'
import { classNames } from './class-names'

/** The last 60 s as a line, oldest on the left. Nothing is drawn where nothing was heard. */
const WIDTH = 60
const HEIGHT = 20
/** A quiet heart must not look like a mountain: at least this many bpm from top to bottom. */
const LEAST_SPAN = 24

export function sparkPath(history: ReadonlyArray<number | null>): string {
  const heard = history.filter((bpm) => bpm !== null)
  if (heard.length === 0) return ''
  const low = Math.min(...heard)
  const high = Math.max(...heard)
  const spare = Math.max(0, LEAST_SPAN - (high - low)) / 2
  const top = high + spare
  const span = Math.max(LEAST_SPAN, high - low)
  const offset = WIDTH - history.length
  let path = ''
  let pen = false
  history.forEach((bpm, second) => {
    if (bpm === null) {
      pen = false
      return
    }
    const y = 1 + ((top - bpm) / span) * (HEIGHT - 2)
    // A lone second is a dot: a line of no length with round ends.
    path += `${pen ? 'L' : 'M'}${offset + second} ${y.toFixed(1)}${pen || history[second + 1] != null ? '' : 'h0'}`
    pen = true
  })
  return path
}

type SparkProps = { history: ReadonlyArray<number | null>; className?: string }

const TileSparkLine = ({ history, className }: SparkProps) => (
  <svg aria-hidden data-spark viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className={classNames('overflow-visible', className)}>
    <path
      d={sparkPath(history)}
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      vectorEffect="non-scaling-stroke"
    />
  </svg>
)

/** Drawn when the line moves on, not with each heart. */
export const TileSpark = memo(
  TileSparkLine,
  (was, now) => was.className === now.className && was.history.length === now.history.length && was.history.every((bpm, second) => bpm === now.history[second]),
)
