import { hold, type Sample } from '@/lib/physiology/hold'
import type { Columns, Metric } from '@/lib/telemetry/chunk'

/** One recorder's run, read back. `bpm[i]` is the second that begins `i` s after `startedAtMs`; `null` where nothing arrived. */
export type SourceRun = Columns & {
  /** Lower counts first where sources overlap. */
  readonly rank: number
  readonly startedAtMs: number
  readonly bpm: ReadonlyArray<number | null>
  /** The order in which the class's recorders were opened; no two are equal. */
  readonly createdOrder: number
}

const WINDOW_SECONDS = 15

/** The class's second that a run's slot falls into. */
export const secondOf = (run: { readonly startedAtMs: number }, slot: number, originMs: number): number =>
  Math.floor((run.startedAtMs + slot * 1000 - originMs) / 1000)

/**
 * Which source counts, second by second: in each 15 s the source of the best rank that covers them (a reading in a third of their
 * seconds); if none does, the one with most readings. Runs of one rank are one source: a strap that was paired again goes on where it
 * stopped, and where two say something in the same second the run opened last counts. Sources are never mixed within 15 s.
 * The order of `runs` does not matter.
 *
 * @param metric what is chosen; each is chosen by itself
 * @returns one held value a second (see `hold`) for `seconds` from `originMs`
 */
export function chooseSource(runs: readonly SourceRun[], originMs: number, seconds: number, metric: Metric = 'bpm'): Array<number | null> {
  const sources = [...new Set(runs.map(({ rank }) => rank))]
    .sort((a, b) => a - b)
    .map((rank) => {
      const samples = samplesOfSource(runs.filter((run) => run.rank === rank), originMs, metric)
      return { said: new Set(samples.map(({ second }) => second)), held: hold(samples, seconds) }
    })
  const chosen: Array<number | null> = []
  let current = sources[0]
  for (let from = 0; from < seconds; from += WINDOW_SECONDS) {
    const window = Array.from({ length: Math.min(WINDOW_SECONDS, seconds - from) }, (_, i) => from + i)
    const covered = sources.map(({ said }) => window.filter((second) => said.has(second)).length)
    const most = Math.max(0, ...covered)
    const enough = covered.findIndex((count) => count * 3 >= window.length)
    // Where nobody says anything, the value of the last source still holds for its ten seconds.
    if (most > 0) current = sources[enough >= 0 ? enough : covered.indexOf(most)]
    for (const second of window) chosen.push(current?.held[second] ?? null)
  }
  return chosen
}

function samplesOfSource(runs: readonly SourceRun[], originMs: number, metric: Metric): Sample[] {
  const valueAt = new Map<number, number>()
  for (const run of [...runs].sort((a, b) => a.createdOrder - b.createdOrder)) {
    run[metric]?.forEach((value, slot) => {
      if (value !== null) valueAt.set(secondOf(run, slot, originMs), value)
    })
  }
  return [...valueAt].sort(([a], [b]) => a - b).map(([second, bpm]) => ({ second, bpm }))
}
