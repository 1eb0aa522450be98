/** One measured figure. `bar`: what issue and docs promise, said beside it and never asserted. */
export type Figure = {
  /** The name in `--json`; figures without one are printed for scale only. */
  readonly key?: string
  readonly what: string
  readonly unit: string
  readonly samples: readonly number[]
  readonly bar?: string
}
export type Section = (tell: (line: string) => void) => Promise<Figure[]>

/** Of an even number, the mean of the two in the middle. */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]]
  if (low === undefined || high === undefined) throw new Error('A figure needs at least one sample.')
  return (low + high) / 2
}

/** Three figures are enough to judge by; whole numbers stay whole. */
export const short = (value: number): string =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)))

export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ key, what, unit, samples, bar }) => [
    key ?? '',
    what,
    String(samples.length),
    `${short(median(samples))} ${unit}`.trim(),
    samples.length === 1 ? '' : `${short(Math.min(...samples))} – ${short(Math.max(...samples))}`,
    bar ?? '',
  ])
  const all = [['key', 'what', 'n', 'median', 'spread', 'bar'], ...rows]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? []
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n')
}

/** key → median. */
export const figuresByKey = (figures: readonly Figure[]): Record<string, number> =>
  Object.fromEntries(figures.flatMap(({ key, samples }) => (key === undefined ? [] : [[key, Number(median(samples).toPrecision(4))]])))
