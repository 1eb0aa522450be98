/** With fewer, a mean would show one person's body to those who know the other's. */
export const LEAST_CONTRIBUTORS = 3

export type Contributor = {
  /** As `SummaryFigures.curve`. */
  readonly curve: ReadonlyArray<number | null>
  /** `null`: no zones are known, or the person trains by effort; does not contribute. */
  readonly hrmaxBpm: number | null
  /** Their own curve is shown beside the group's. */
  readonly shown: boolean
}

/**
 * The group's effort over the class: the mean % of own HRmax in each 15 s, `null` where fewer than three people contribute. Give only
 * those who agreed to share their summary. Whose own curve is shown can be subtracted from the mean, so those whose curve is not shown
 * count only where there are three of them, too.
 */
export function groupCurve(contributors: readonly Contributor[]): Array<number | null> {
  const length = Math.max(0, ...contributors.map(({ curve }) => curve.length))
  return Array.from({ length }, (_, i) => {
    const percents = (shown: boolean) =>
      contributors.flatMap(({ curve, hrmaxBpm, shown: mine }) => {
        const bpm = curve[i] ?? null
        return bpm === null || hrmaxBpm === null || mine !== shown ? [] : [(100 * bpm) / hrmaxBpm]
      })
    const unshown = percents(false)
    const counted = [...percents(true), ...(unshown.length < LEAST_CONTRIBUTORS ? [] : unshown)]
    if (counted.length < LEAST_CONTRIBUTORS) return null
    return Math.round((counted.reduce((sum, percent) => sum + percent, 0) / counted.length) * 10) / 10
  })
}
