/** With fewer, a mean would show one person's body to those who know the other's. */
export const LEAST_CONTRIBUTORS = 3

export type Contributor = {
  /** As `SummaryFigures.curve`. */
  readonly curve: ReadonlyArray<number | null>
  /** `null`: no zones are known, or the person trains by effort; does not contribute. */
  readonly hrmaxBpm: number | null
}

/**
 * The group's effort over the class: the mean % of own HRmax in each 15 s, `null` where fewer than three people contribute. Give only
 * those who agreed to share their summary.
 */
export function groupCurve(contributors: readonly Contributor[]): Array<number | null> {
  const length = Math.max(0, ...contributors.map(({ curve }) => curve.length))
  return Array.from({ length }, (_, i) => {
    const percents = contributors.flatMap(({ curve, hrmaxBpm }) => {
      const bpm = curve[i] ?? null
      return bpm === null || hrmaxBpm === null ? [] : [(100 * bpm) / hrmaxBpm]
    })
    if (percents.length < LEAST_CONTRIBUTORS) return null
    return Math.round((percents.reduce((sum, percent) => sum + percent, 0) / percents.length) * 10) / 10
  })
}
