import 'server-only'
import { randomUUID } from 'node:crypto'
import { now } from '@/lib/platform/clock'
import type { Transaction } from './runner-database.server'
import { limitKeysOf } from './runner-function.server'
import type { EventPayload, FunctionConfig, StepResult } from './runner-protocol'

/** The step id by which the SDK is asked to walk through the function and say what it found. */
export const DISCOVER = 'step'

export type Functions = ReadonlyMap<string, FunctionConfig>
export type Run = {
  id: string
  function_id: string
  events: EventPayload[]
  rediscover: boolean
  parent_run_id: string | null
  parent_step_id: string | null
}
/** Columns of `Run`, for `select`. */
export const RUN = 'id, function_id, events, rediscover, parent_run_id, parent_step_id'

export type StartOptions = { parent?: { runId: string; stepId: string }; notBefore?: number }

/** Begins a run: its first discovery is due at once, or at `notBefore` (UTC ms). */
export async function startRun(
  transaction: Transaction,
  config: FunctionConfig,
  events: EventPayload[],
  options: StartOptions = {},
): Promise<string> {
  const [id, at] = [randomUUID(), now()]
  const limitKeys = limitKeysOf(config, events[0])
  await transaction.query(
    `insert into runner.runs (id, function_id, event_id, events, limit_keys, parent_run_id, parent_step_id, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, config.id, events[0]?.id ?? id, JSON.stringify(events), limitKeys, options.parent?.runId, options.parent?.stepId, new Date(at)],
  )
  await queueCall(transaction, id, DISCOVER, 0, Math.max(at, options.notBefore ?? at))
  return id
}

/** Asks the app for a step (or for discovery) when it is due. One discovery a run: a second one is not queued. Returns whether it was. */
export async function queueCall(transaction: Transaction, runId: string, stepId: string, attempt: number, dueAt: number): Promise<boolean> {
  const { rowCount } = await transaction.query(
    `insert into runner.jobs (kind, key, due_at, run_id, function_id, step_id, attempt, limit_keys)
     select 'call', $2, $3, id, function_id, $4, $5, limit_keys from runner.runs where id = $1 and status = 'Running'
     on conflict (key) do nothing`,
    [runId, `call:${runId}:${stepId}`, new Date(dueAt), stepId, attempt],
  )
  return rowCount === 1
}

/** Walk through the function again soon. While a discovery is under way it may have missed what is new: then once more after it. */
export async function discover(transaction: Transaction, runId: string): Promise<void> {
  if (await queueCall(transaction, runId, DISCOVER, 0, now())) return
  await transaction.query(
    `update runner.runs set rediscover = true where id = $1 and exists (select 1 from runner.jobs where key = $2 and leased_by is not null)`,
    [runId, `call:${runId}:${DISCOVER}`],
  )
}

/** A step's result counts once: false when it already has one. The order of results is kept, because the SDK replays it. */
export async function memorise(
  transaction: Transaction,
  runId: string,
  step: { id: string; op: string; name?: string | null },
  result: StepResult,
): Promise<boolean> {
  const { rowCount } = await transaction.query(
    `insert into runner.steps (run_id, id, op, name, state, result, position)
     select r.id, $2, $3, $4, 'done', $5, (select coalesce(max(position), 0) + 1 from runner.steps where run_id = $1)
     from runner.runs r where r.id = $1 and r.status = 'Running'
     on conflict (run_id, id) do update set state = 'done', result = excluded.result, position = excluded.position where runner.steps.state <> 'done'`,
    [runId, step.id, step.op, step.name, JSON.stringify(result)],
  )
  return rowCount === 1
}

/** Ends a step that waits (sleep, event, invocation) and goes on with the run. False when it had ended before. */
export async function endWait(transaction: Transaction, runId: string, stepId: string, result: StepResult): Promise<boolean> {
  if (!(await memorise(transaction, runId, { id: stepId, op: 'Wait' }, result))) return false
  await transaction.query('delete from runner.jobs where key = $1', [wakeKey(runId, stepId)])
  await discover(transaction, runId)
  return true
}

export const wakeKey = (runId: string, stepId: string): string => `wake:${runId}:${stepId}`

/** Marks a key as seen for a while. False when it already was. */
export async function remember(transaction: Transaction, key: string, forMs: number): Promise<boolean> {
  const at = now()
  const { rowCount } = await transaction.query(
    `insert into runner.keys (key, expires_at) values ($1, $2)
     on conflict (key) do update set expires_at = excluded.expires_at where runner.keys.expires_at <= $3`,
    [key, new Date(at + forMs), new Date(at)],
  )
  return rowCount === 1
}
