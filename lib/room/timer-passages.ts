import { type PlanStep, unrollPlan } from '@/lib/classes/workout-plan'
import { applyCommand, positionAt, TIMER_READY, type TimerCommand, type TimerRecord, type TimerRun } from './timer'

/** An interval that ran, or the part of it before or after a pause. Server ms. */
export type Passage = {
  /** Equal in the parts of one going-through of an interval. */
  readonly visit: number
  readonly step: PlanStep
  readonly fromMs: number
  readonly toMs: number
}

/** After these the interval that ran goes on; after all others it was left. */
const GOES_ON: readonly TimerCommand[] = ['pause', 'resume', 'plus20']

/**
 * What really ran, in order: the plan with its pauses, skips and additions, until `endMs`. Getting ready and pauses are the holes between.
 * Computed from the commands, by the same rules that every screen went by.
 */
export function passagesOf({ runs }: Pick<TimerRecord, 'runs'>, endMs: number): Passage[] {
  const passages: Passage[] = []
  runs.forEach((run, i) => addRun(passages, run, Math.min(endMs, runs[i + 1]?.log[0]?.atMs ?? endMs)))
  return passages
}

function addRun(passages: Passage[], { plan, log }: TimerRun, endMs: number): void {
  const steps = unrollPlan(plan)
  let state = TIMER_READY
  log.forEach(({ command, atMs }, i) => {
    state = applyCommand(steps, state, command, atMs)
    const untilMs = Math.min(endMs, log[i + 1]?.atMs ?? endMs)
    let goesOn = GOES_ON.includes(command)
    for (let t = atMs; t < untilMs; ) {
      const position = positionAt(steps, state, t)
      if (position.phase === 'ready' || position.phase === 'finished' || position.paused) break
      const toMs = Math.min(untilMs, t + position.remainingMs)
      if (position.phase === 'running') add(passages, position.step, { fromMs: t, toMs, goesOn })
      goesOn = false
      t = toMs
    }
  })
}

function add(passages: Passage[], step: PlanStep, { fromMs, toMs, goesOn }: { fromMs: number; toMs: number; goesOn: boolean }): void {
  const before = passages.at(-1)
  const same = goesOn && before?.step.index === step.index
  if (same && before.toMs === fromMs) passages[passages.length - 1] = { ...before, toMs }
  else passages.push({ visit: (before?.visit ?? 0) + (same ? 0 : 1), step, fromMs, toMs })
}
