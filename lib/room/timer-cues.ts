import type { PlanStep } from '@/lib/classes/workout-plan'
import { positionAt, type TimerState } from './timer'

/** What is heard, at a server instant: three ticks before each change, and the change itself with what now comes (`null`: the end). */
export type TimerCue = { readonly atMs: number } & ({ readonly sound: 'tick' } | { readonly sound: 'begin'; readonly step: PlanStep | null })

const TICKS_MS = [3_000, 2_000, 1_000]

/** The cues of [fromMs, toMs), in order, as long as nobody presses anything. */
export function cuesBetween(steps: readonly PlanStep[], state: TimerState, fromMs: number, toMs: number): TimerCue[] {
  const cues: TimerCue[] = []
  // A change at the very beginning is one of them, and at that instant it has happened already.
  let t = fromMs - 1
  for (;;) {
    const position = positionAt(steps, state, t)
    if (position.phase === 'ready' || position.phase === 'finished' || position.paused) return cues
    const changesAtMs = t + position.remainingMs
    for (const before of TICKS_MS) {
      const atMs = changesAtMs - before
      if (atMs >= fromMs && atMs < toMs) cues.push({ atMs, sound: 'tick' })
    }
    if (changesAtMs >= toMs) return cues
    if (changesAtMs >= fromMs)
      cues.push({ atMs: changesAtMs, sound: 'begin', step: position.phase === 'getting-ready' ? position.step : position.next })
    t = changesAtMs
  }
}
