import type { Beat } from './beat'

/** Page loads of one person's devices that are told apart; of more, the oldest begins anew. */
const RUNS_KEPT = 8

/** Whether a beat is news: each passes once, and none that its own run has already gone past. */
export function createBeatSieve(): (participantId: string, beat: Beat) => boolean {
  const newest = new Map<string, Map<string, number>>()
  return (participantId, { run, seq }) => {
    const runs = newest.get(participantId) ?? new Map<string, number>()
    newest.set(participantId, runs)
    if (seq <= (runs.get(run) ?? -1)) return false
    runs.set(run, seq)
    const [oldest] = runs.keys()
    if (runs.size > RUNS_KEPT && oldest !== undefined) runs.delete(oldest)
    return true
  }
}
