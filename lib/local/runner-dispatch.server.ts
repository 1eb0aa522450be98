import 'server-only'
import { randomUUID } from 'node:crypto'
import { now } from '@/lib/platform/clock'
import type { Transaction } from './runner-database.server'
import { durationMs } from './runner-duration'
import { keyOf, matches } from './runner-expression.server'
import {
  CANCELLED,
  type EventPayload,
  FAILED,
  FINISHED,
  type FunctionConfig,
  type StepResult,
  errorResult,
  nameMatches,
} from './runner-protocol'
import { type Functions, RUN, type Run, endWait, remember, startRun } from './runner-runs.server'

const DAY_MS = 86_400_000

/**
 * Takes an event in: it ends the waits and the runs that it should, then starts what it triggers. An id that was seen within 24 h does
 * nothing more. Returns the event's id.
 */
export async function receiveEvent(transaction: Transaction, functions: Functions, input: EventPayload): Promise<string> {
  const id = input.id ?? randomUUID()
  const event: EventPayload = { ...input, id, ts: input.ts ?? now() }
  if (input.id !== undefined && !(await remember(transaction, `event:${id}`, DAY_MS))) return id
  await transaction.query(
    `insert into runner.events (id, name, payload, received_at) values ($1, $2, $3, $4)
     on conflict (id) do update set name = excluded.name, payload = excluded.payload, received_at = excluded.received_at`,
    [id, event.name, JSON.stringify(event), new Date(now())],
  )
  await endWaitsFor(transaction, event)
  await cancelRunsFor(transaction, functions, event)
  for (const config of functions.values()) {
    const isTriggered = config.triggers.some(
      (trigger) => 'event' in trigger && nameMatches(trigger.event, event.name) && matches(trigger.expression, { event }),
    )
    if (isTriggered) await trigger(transaction, config, event)
  }
  return id
}

async function endWaitsFor(transaction: Transaction, event: EventPayload): Promise<void> {
  const { rows } = await transaction.query<{ run_id: string; id: string; expression: string | null; events: EventPayload[] }>(
    `select s.run_id, s.id, s.expression, r.events from runner.steps s join runner.runs r on r.id = s.run_id
     where s.state = 'wait' and s.event_name = $1 and r.status = 'Running'`,
    [event.name],
  )
  for (const wait of rows) {
    if (matches(wait.expression, { event: wait.events[0], async: event }))
      await endWait(transaction, wait.run_id, wait.id, { type: 'data', data: event })
  }
}

async function cancelRunsFor(transaction: Transaction, functions: Functions, event: EventPayload): Promise<void> {
  for (const config of functions.values()) {
    for (const cancel of config.cancel) {
      if (cancel.event !== event.name) continue
      const earliest = cancel.timeout === undefined ? 0 : now() - (durationMs(cancel.timeout) ?? 0)
      const { rows } = await transaction.query<Run>(
        `select ${RUN} from runner.runs where function_id = $1 and status = 'Running' and created_at >= $2`,
        [config.id, new Date(earliest)],
      )
      for (const run of rows) {
        if (matches(cancel.if, { event: run.events[0], async: event }))
          await endRun(transaction, functions, run, 'Cancelled', errorResult('function cancelled'))
      }
    }
  }
}

async function trigger(transaction: Transaction, config: FunctionConfig, event: EventPayload): Promise<void> {
  if (config.idempotency !== undefined) {
    // a key that cannot be read never swallows an event
    const key = keyOf(config.idempotency, { event })
    if (key !== null && !(await remember(transaction, `idempotency:${config.id}:${key}`, DAY_MS))) return
  }
  const { debounce } = config
  if (debounce === undefined) {
    await startRun(transaction, config, [event], { notBefore: event.ts })
    return
  }
  const key = debounce.key === undefined ? '' : (keyOf(debounce.key, { event }) ?? '')
  const at = now()
  const until = debounce.timeout === undefined ? null : at + (durationMs(debounce.timeout) ?? 0)
  const dueAt = at + (durationMs(debounce.period) ?? 0)
  await transaction.query(
    `insert into runner.jobs (kind, key, due_at, function_id, payload) values ('start', $1, $2, $3, $4)
     on conflict (key) do update set
       payload = json_build_object('event', excluded.payload->'event', 'until', runner.jobs.payload->'until'),
       due_at = least(excluded.due_at, to_timestamp((runner.jobs.payload->>'until')::float8 / 1000))`,
    [`debounce:${config.id}:${key}`, new Date(Math.min(dueAt, until ?? dueAt)), config.id, JSON.stringify({ event, until })],
  )
}

/** Ends a run: nothing of it is left to be done, whoever invoked it has its result, and the world is told. */
export async function endRun(
  transaction: Transaction,
  functions: Functions,
  run: Run,
  status: 'Completed' | 'Failed' | 'Cancelled',
  result: StepResult,
): Promise<void> {
  const output = result.type === 'data' ? result.data : result.error
  const { rowCount } = await transaction.query(
    `update runner.runs set status = $2, output = $3, ended_at = $4 where id = $1 and status = 'Running'`,
    [run.id, status, JSON.stringify(output ?? null), new Date(now())],
  )
  if (rowCount !== 1) return
  await transaction.query('delete from runner.jobs where run_id = $1', [run.id])
  if (run.parent_run_id !== null && run.parent_step_id !== null) await endWait(transaction, run.parent_run_id, run.parent_step_id, result)
  const about = { function_id: run.function_id, run_id: run.id, event: run.events[0] }
  const outcome = result.type === 'data' ? { result: result.data } : { error: result.error }
  await receiveEvent(transaction, functions, { name: FINISHED, data: { ...about, ...outcome } })
  if (status === 'Failed') await receiveEvent(transaction, functions, { name: FAILED, data: { ...about, ...outcome } })
  if (status === 'Cancelled') await receiveEvent(transaction, functions, { name: CANCELLED, data: { ...about, ...outcome } })
}
