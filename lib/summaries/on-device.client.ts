import { layOutRun, SOURCE_RANK } from '@/lib/telemetry/run-samples'
import type { LocalRun } from '@/lib/telemetry/outbox'
import { summarise } from './summarise'
import type { FigureInputs } from '@/lib/physiology/heart-rate-figures'
import type { SummaryFigures } from './summary'
import type { WorkoutShape } from './workout-shape'
import { workoutWindowEnd } from './workout-window'

/**
 * The summary of somebody who chose that samples stay on the device: made here from what is here, by the same function as the server's.
 * `runs` come from `uplink.localRuns(classId)`; times are the server's, ms. Nothing of it is sent anywhere.
 */
export function summariseOnDevice(of: {
  runs: readonly LocalRun[]
  startedAtMs: number
  workoutEndedAtMs: number
  inputs: FigureInputs
  shape: WorkoutShape
}): SummaryFigures {
  const runs = of.runs.map(({ source, startedAtMs, chunks }, createdOrder) => ({
    ...{ source, startedAtMs, createdOrder, rank: SOURCE_RANK[source] },
    ...layOutRun(chunks),
  }))
  const { startedAtMs, inputs, shape } = of
  return summarise({ startedAtMs, workoutEndedAtMs: workoutWindowEnd(of.workoutEndedAtMs, runs), runs, inputs, shape })
}
