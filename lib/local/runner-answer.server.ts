import 'server-only'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { now } from '@/lib/platform/clock'
import type { AppAnswer } from './runner-call.server'
import type { Transaction } from './runner-database.server'
import { endRun } from './runner-dispatch.server'
import { instantOf } from './runner-duration'
import { INVOKED, InvokeOptions, Op, type StepResult, WaitOptions, errorResult, maxAttemptsOf } from './runner-protocol'
import { DISCOVER, type Functions, RUN, type Run, discover, memorise, queueCall, startRun, wakeKey } from './runner-runs.server'

/** A job of kind `call`, leased by this runner. */
export type Call = { id: string; run_id: string; step_id: string; attempt: number; limit_keys: string[] }
export type Backoff = (attempt: number) => number

/** A call that did not reach the app, which is starting or restarting, costs no attempt and is tried again after this. */
const UNREACHED_PAUSE_MS = 1_000

type Context = {
  transaction: Transaction
  functions: Functions
  run: Run
  call: Call
  maxAttempts: number
  retryAt: number
  isFinal: boolean
}

/**
 * Writes down what the app answered to a call, and what follows from it. An answer to a call that this runner no longer holds (the run
 * was cancelled, another runner took over) changes nothing.
 */
export async function applyAnswer(
  transaction: Transaction,
  { functions, call, leasedBy, backoff }: { functions: Functions; call: Call; leasedBy: string; backoff: Backoff },
  answer: AppAnswer,
): Promise<void> {
  const { rows } = await transaction.query<Run>(`select ${RUN} from runner.runs where id = $1 and status = 'Running' for update`, [
    call.run_id,
  ])
  const { rowCount } = await transaction.query('delete from runner.jobs where id = $1 and leased_by = $2', [call.id, leasedBy])
  const run = rows[0]
  if (run === undefined || rowCount !== 1) return
  if (!answer.reached) return void (await queueCall(transaction, run.id, call.step_id, call.attempt, now() + UNREACHED_PAUSE_MS))

  const config = functions.get(run.function_id)
  const maxAttempts = config === undefined ? 1 : maxAttemptsOf(config)
  const isFinal = answer.noRetry || call.attempt + 1 >= maxAttempts
  const retryAt = answer.retryAt ?? now() + backoff(call.attempt)
  if (answer.status === 200) return endRun(transaction, functions, run, 'Completed', { type: 'data', data: answer.body })
  const ops = answer.status === 206 ? z.array(Op).safeParse(Array.isArray(answer.body) ? answer.body : [answer.body]) : null
  if (ops?.success !== true) {
    if (isFinal) return endRun(transaction, functions, run, 'Failed', { type: 'error', error: answer.body })
    await queueCall(transaction, run.id, call.step_id, call.attempt + 1, retryAt)
    return
  }
  let goesOn = false
  for (const op of ops.data) goesOn = (await applyOp({ transaction, functions, run, call, maxAttempts, retryAt, isFinal }, op)) || goesOn
  if (call.step_id === DISCOVER && run.rediscover) {
    goesOn = true
    await transaction.query('update runner.runs set rediscover = false where id = $1', [run.id])
  }
  if (goesOn) await discover(transaction, run.id)
}

/** Returns whether the function can go on: a step has a result that it did not have before. */
async function applyOp(context: Context, op: Op): Promise<boolean> {
  const { transaction, functions, run } = context
  const settle = (result: StepResult): Promise<boolean> => memorise(transaction, run.id, op, result)
  switch (op.op) {
    case 'StepRun':
    case 'Step':
      return settle({ type: 'data', data: op.data ?? null })
    case 'StepFailed':
      return settle({ type: 'error', error: op.error })
    case 'StepError':
      if (context.isFinal) return settle({ type: 'error', error: op.error })
      await open(context, op, 'run')
      await queueCall(transaction, run.id, op.id, context.call.attempt + 1, context.retryAt)
      return false
    case 'StepPlanned':
      if (await open(context, op, 'run')) await queueCall(transaction, run.id, op.id, 0, now())
      return false
    case 'Sleep': {
      const until = instantOf(op.name ?? '', now())
      if (until === null) return settle(errorResult(`cannot sleep for \`${op.name}\``))
      if (await open(context, op, 'wait')) await queueWake(context, op, until, { type: 'data', data: null })
      return false
    }
    case 'WaitForEvent':
      return waitForEvent(context, op)
    case 'InvokeFunction':
      return invoke(context, op)
    case 'DiscoveryRequest':
      return true
    case 'RunComplete':
      await endRun(transaction, functions, run, 'Completed', { type: 'data', data: op.data })
      return false
    default:
      return settle(errorResult(`this runner does not support the step ${op.op}`, 'NonRetriableError'))
  }
}

async function waitForEvent(context: Context, op: Op): Promise<boolean> {
  const options = WaitOptions.safeParse(op.opts)
  const until = options.success ? instantOf(options.data.timeout, now()) : null
  if (!options.success || until === null)
    return memorise(context.transaction, context.run.id, op, errorResult('waitForEvent needs a timeout'))
  const isNew = await open(context, op, 'wait', { eventName: op.name ?? '', expression: options.data.if ?? null })
  if (isNew) await queueWake(context, op, until, { type: 'data', data: null })
  return false
}

async function invoke(context: Context, op: Op): Promise<boolean> {
  const { transaction, functions, run } = context
  const options = InvokeOptions.safeParse(op.opts)
  const config = options.success ? functions.get(options.data.function_id) : undefined
  if (!options.success || config === undefined) {
    const name = options.success ? options.data.function_id : 'without a name'
    return memorise(transaction, run.id, op, errorResult(`could not find the function ${name}`, 'NonRetriableError'))
  }
  if (!(await open(context, op, 'wait'))) return false
  const until = options.data.timeout === undefined ? null : instantOf(options.data.timeout, now())
  if (until !== null) await queueWake(context, op, until, errorResult('the invoked function did not finish in time'))
  const event = { ...options.data.payload, name: INVOKED, id: randomUUID(), ts: now(), data: options.data.payload.data ?? {} }
  await startRun(transaction, config, [event], { parent: { runId: run.id, stepId: op.id } })
  return false
}

/** Remembers a step that has begun; false when it was known already. */
async function open(
  { transaction, run }: Context,
  op: Op,
  state: 'run' | 'wait',
  wait: { eventName: string | null; expression: string | null } = { eventName: null, expression: null },
): Promise<boolean> {
  const { rowCount } = await transaction.query(
    `insert into runner.steps (run_id, id, op, name, state, event_name, expression) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [run.id, op.id, op.op, op.displayName ?? op.name, state, wait.eventName, wait.expression],
  )
  return rowCount === 1
}

async function queueWake({ transaction, run }: Context, op: Op, dueAt: number, result: StepResult): Promise<void> {
  await transaction.query(`insert into runner.jobs (kind, key, due_at, run_id, step_id, payload) values ('wake', $1, $2, $3, $4, $5)`, [
    wakeKey(run.id, op.id),
    new Date(dueAt),
    run.id,
    op.id,
    JSON.stringify(result),
  ])
}
