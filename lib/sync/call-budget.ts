/** How often an app may call a provider, all its people together. `reads`: the part of them that are no uploads; null: not told apart. */
export type CallBudget = {
  readonly windows: ReadonlyArray<{ readonly seconds: number; readonly calls: number; readonly reads: number | null }>
  /** Where its answers say what counts: comma-separated, one number a window, shortest first. */
  readonly headers: ReadonlyArray<{ readonly what: 'calls' | 'reads'; readonly limit: string; readonly usage: string }>
}

export type Meter = { readonly what: 'calls' | 'reads'; readonly seconds: number; readonly limit: number }

/** The counters that one call counts against. */
export const metersOf = (budget: CallBudget, isRead: boolean): Meter[] =>
  budget.windows.flatMap(({ seconds, calls, reads }): Meter[] => [
    { what: 'calls', seconds, limit: calls },
    ...(isRead && reads !== null ? [{ what: 'reads' as const, seconds, limit: reads }] : []),
  ])

export type Told = { readonly what: 'calls' | 'reads'; readonly seconds: number; readonly limit: number; readonly usage: number }

/** What an answer's headers say of the budget; only what is whole and in order counts. */
export function toldBy(budget: CallBudget, headers: Headers): Told[] {
  return budget.headers.flatMap(({ what, limit, usage }) => {
    const [limits, used] = [limit, usage].map((name) => (headers.get(name) ?? '').split(',').map((part) => Number.parseInt(part.trim(), 10)))
    return budget.windows.flatMap(({ seconds }, at): Told[] => {
      const [most, now] = [limits?.[at], used?.[at]]
      return most !== undefined && now !== undefined && most > 0 && now >= 0 ? [{ what, seconds, limit: most, usage: now }] : []
    })
  })
}

/** When the window of `seconds` that holds `nowMs` ends: windows begin on the clock (:00, :15, …; midnight UTC). */
export const windowEnd = (seconds: number, nowMs: number): number => (Math.floor(nowMs / (seconds * 1000)) + 1) * seconds * 1000
