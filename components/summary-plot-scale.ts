/** Where things stand in a plot of something over time. Pixels, seconds and the value's own unit. */
export type PlotArea = {
  readonly width: number
  readonly height: number
  readonly seconds: number
  readonly low: number
  readonly high: number
  readonly marginRight?: number
  /** Room under the plot, above the minutes. */
  readonly under?: number
}

const LEFT = 36
const TOP = 8
const BOTTOM = 24

/** Round steps of which three to six fit, so that every line can be named. */
function stepFor(span: number, steps: readonly number[]): number {
  return steps.find((step) => span / step <= 6) ?? steps.at(-1) ?? span
}

export function plotScale({ width, height, seconds, low, high, marginRight = 2, under = 0 }: PlotArea) {
  const [left, right, top, bottom] = [LEFT, width - marginRight, TOP, height - BOTTOM - under]
  const step = stepFor(high - low, [5, 10, 20, 25, 50, 100, 200, 500, 1000])
  // Room under the lowest value, but none below nothing.
  const floor = Math.max(low >= 0 ? 0 : -Infinity, Math.floor((low - 3) / step) * step)
  const ceiling = Math.ceil((high + 3) / step) * step
  const clamp = (value: number) => Math.min(ceiling, Math.max(floor, value))
  const x = (second: number) => left + ((right - left) * Math.min(second, seconds)) / Math.max(1, seconds)
  const y = (value: number) => bottom - ((bottom - top) * (clamp(value) - floor)) / Math.max(1, ceiling - floor)
  const ticks = Array.from({ length: Math.round((ceiling - floor) / step) + 1 }, (_, at) => floor + at * step)
  // A label needs about 64 px.
  const widest = Math.max(1, Math.floor((right - left) / 64))
  const minuteStep = [1, 2, 5, 10, 15, 20, 30, 60].find((minutes) => seconds / 60 / minutes <= widest) ?? 60
  const minutes = Array.from({ length: Math.floor(seconds / 60 / minuteStep) }, (_, at) => (at + 1) * minuteStep).filter(
    (minute) => x(minute * 60) <= right - 20,
  )
  return { x, y, left, right, top, bottom, ticks, minutes }
}

/** The stretches that were measured; nothing is drawn between them. */
export function runs(curve: ReadonlyArray<number | null>): Array<{ from: number; values: number[] }> {
  const found: Array<{ from: number; values: number[] }> = []
  let open: { from: number; values: number[] } | null = null
  curve.forEach((value, at) => {
    if (value === null) {
      open = null
      return
    }
    if (open === null) {
      open = { from: at, values: [] }
      found.push(open)
    }
    open.values.push(value)
  })
  return found
}

/** Where the mean of a stretch is drawn: its middle, or where that lies in a gap, the nearest second of the stretch that was measured. */
export function pointSecond(from: number, seconds: number, gaps: ReadonlyArray<{ readonly fromSecond: number; readonly seconds: number }>): number {
  const middle = from + seconds / 2
  const gap = gaps.find((one) => one.fromSecond <= middle && middle < one.fromSecond + one.seconds)
  if (!gap) return middle
  const [before, after] = [gap.fromSecond, gap.fromSecond + gap.seconds]
  const sides = [before > from ? before : null, after < from + seconds ? after : null].filter((side) => side !== null)
  return sides.sort((one, other) => Math.abs(one - middle) - Math.abs(other - middle))[0] ?? middle
}
