import type { RecordedRun } from '@/lib/telemetry/read.server'
import type { PageLedger, Phone } from './phone'

/** What a kill may cost: what the strap said and the disk had not confirmed yet. */
export const LOST_SECONDS_PER_KILL = 2
/** A machine of two busy cores answers late; a clock is wrong by half of that. */
const CLOCK_SLACK_MS = 750
const CLOCK_UNKNOWN_MS = 60_000

export type Stored = RecordedRun & { readonly runId: string; readonly clockUncertaintyMs: number }
export type Tally = { said: number; confirmed: number; stored: number; lost: number; worstLoss: number; kills: number; wrong: string[] }

/** Every second of every page against what is stored: what the disk confirmed is there once and as it was said, and nothing else is. */
export function checkLedger(phones: readonly Phone[], stored: readonly Stored[]): Tally {
  const tally: Tally = { said: 0, confirmed: 0, stored: 0, lost: 0, worstLoss: 0, kills: 0, wrong: [] }
  const byRun = new Map(stored.map((run) => [run.runId, run]))
  if (byRun.size !== stored.length) tally.wrong.push('a run is stored twice')
  for (const phone of phones) {
    for (const page of phone.ledgers) {
      const lost = checkPage(phone.name, page, byRun, tally)
      tally.lost += lost
      tally.worstLoss = Math.max(tally.worstLoss, lost)
      if (page.ended === 'killed') tally.kills += 1
      const allowed = page.ended === 'killed' ? LOST_SECONDS_PER_KILL : 0
      if (lost > allowed) tally.wrong.push(`${phone.name}: ${lost} s lost by a page that was ${page.ended}`)
    }
  }
  for (const runId of byRun.keys()) tally.wrong.push(`${runId} is stored and nobody recorded it`)
  return tally
}

/** Returns the seconds that were said and are not stored. Takes the page's runs out of `byRun`. */
function checkPage(name: string, page: PageLedger, byRun: Map<string, Stored>, tally: Tally): number {
  const said = saidBySecond(page)
  let lost = page.said.length - said.placed
  for (const { run, trueStartMs } of page.runs) {
    const kept = byRun.get(run.runId)
    byRun.delete(run.runId)
    const seconds = said.byRun.get(run.runId) ?? new Map<number, readonly number[]>()
    const confirmed = page.confirmed.get(run.runId) ?? new Map<number, number>()
    tally.confirmed += confirmed.size
    for (const [second, values] of seconds) {
      tally.said += 1
      const there = kept?.bpm[second] ?? null
      if (there === null) lost += 1
      else if (!values.includes(there)) tally.wrong.push(`${name}: second ${second} of ${run.runId} is ${there}, and was ${values.join(' or ')}`)
      if (there === null && confirmed.has(second)) tally.wrong.push(`${name}: second ${second} of ${run.runId} was confirmed and is not stored`)
    }
    const extra = (kept?.bpm ?? []).filter((bpm, second) => bpm !== null && !seconds.has(second)).length
    if (extra > 0) tally.wrong.push(`${name}: ${extra} s of ${run.runId} are stored and were never said`)
    tally.stored += (kept?.bpm ?? []).filter((bpm) => bpm !== null).length
    if (kept && !kept.complete) tally.wrong.push(`${name}: ${run.runId} is not complete`)
    const offMs = kept ? Math.abs(kept.startedAtMs - trueStartMs) : 0
    if (kept && kept.clockUncertaintyMs < CLOCK_UNKNOWN_MS && offMs > kept.clockUncertaintyMs + CLOCK_SLACK_MS)
      tally.wrong.push(`${name}: ${run.runId} is placed ${Math.round(offMs)} ms off, and said to be known to ${kept.clockUncertaintyMs}`)
  }
  return lost
}

/** Each reading belongs to the run that was open when it came. What came as a page died may belong to none: that is a loss. */
function saidBySecond(page: PageLedger): { placed: number; byRun: Map<string, Map<number, readonly number[]>> } {
  const byRun = new Map<string, Map<number, readonly number[]>>()
  let placed = 0
  for (const { atMs, bpm } of page.said) {
    const run = page.runs.findLast(({ run: { startedMonoMs } }) => startedMonoMs <= atMs)?.run
    if (!run) continue
    placed += 1
    const seconds = byRun.get(run.runId) ?? new Map<number, readonly number[]>()
    byRun.set(run.runId, seconds)
    const second = Math.floor((atMs - run.startedMonoMs) / 1000)
    seconds.set(second, [...(seconds.get(second) ?? []), bpm])
  }
  return { placed, byRun }
}

export type Expected = { readonly measuredSeconds: number; readonly averageBpm: number | null; readonly peakBpm: number | null }

/** The heart-rate figures of a summary, written anew on purpose: a value counts until the next one or for ten seconds. */
export function oracle(runs: ReadonlyArray<Pick<Stored, 'startedAtMs' | 'createdOrder' | 'bpm'>>, fromMs: number, toMs: number): Expected {
  const seconds = Math.floor((toMs - fromMs) / 1000)
  const at = new Map<number, number>()
  for (const run of [...runs].sort((one, other) => one.createdOrder - other.createdOrder))
    run.bpm.forEach((bpm, slot) => bpm !== null && at.set(Math.floor((run.startedAtMs + slot * 1000 - fromMs) / 1000), bpm))
  const values: number[] = []
  for (let second = 0; second < seconds; second++) {
    const held = Array.from({ length: 10 }, (_, ago) => at.get(second - ago)).find((bpm) => bpm !== undefined)
    if (held !== undefined) values.push(held)
  }
  if (values.length === 0) return { measuredSeconds: 0, averageBpm: null, peakBpm: null }
  return { measuredSeconds: values.length, averageBpm: values.reduce((sum, bpm) => sum + bpm, 0) / values.length, peakBpm: Math.max(...values) }
}
