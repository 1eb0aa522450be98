/** Seconds of one point of a plot over a class. */
export const CURVE_SECONDS = 15

/** One value a second → means of `seconds` each, to one decimal: enough for a plot, and small. `null` where nothing was measured. */
export function curveOf(held: ReadonlyArray<number | null>, seconds: number): Array<number | null> {
  return Array.from({ length: Math.ceil(held.length / seconds) }, (_, i) => {
    const values = held.slice(i * seconds, (i + 1) * seconds).filter((value) => value !== null)
    return values.length > 0 ? Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 10) / 10 : null
  })
}
