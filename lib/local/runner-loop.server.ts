import 'server-only'
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { now } from '@/lib/platform/clock'
import { type Backoff, type Call, applyAnswer } from './runner-answer.server'
import { askApp } from './runner-call.server'
import type { RunnerDatabase, Transaction } from './runner-database.server'
import { limitOf, nextTick } from './runner-function.server'
import { type EventPayload, SCHEDULED, type StepResult, errorResult, maxAttemptsOf } from './runner-protocol'
import { DISCOVER, type Functions, endWait, startRun } from './runner-runs.server'

export type LoopOptions = {
  database: RunnerDatabase
  functions: Functions
  appUrl: string
  signingKey: string | undefined
  /** Requests to the app at once, over all functions. */
  maxCalls: number
  callTimeoutMs: number
  backoff: Backoff
}

type Timer = { id: string; kind: 'wake' | 'start' | 'cron'; run_id: string; step_id: string; function_id: string; payload: unknown }

/** How long to sleep at most, so that a clock that was set back, or a missed nudge, delays nothing for long. */
const LONGEST_SLEEP_MS = 5_000
const TIMERS_A_TURN = 100
const KEEP_MS = 7 * 86_400_000
const PRUNE_EVERY_MS = 3_600_000

/** Takes what is due from the database, asks the app, writes down the answer. Everything it must not forget is in the database. */
export class RunnerLoop {
  readonly #id = randomUUID()
  readonly #calls = new Map<string, { call: Call; abort: AbortController; done: Promise<void> }>()
  #timer: NodeJS.Timeout | undefined
  #turn: Promise<void> | null = null
  #isNudged = false
  #isClosed = false
  #prunedAt = 0

  constructor(readonly options: LoopOptions) {}

  /** Takes over what a runner that was killed had leased; the app may be asked for such a step a second time. */
  async start(): Promise<void> {
    await this.options.database.change((transaction) =>
      transaction.query('update runner.jobs set leased_by = null where leased_by is not null'),
    )
    this.nudge()
  }

  /** Something may be due now. */
  nudge(): void {
    if (this.#isClosed) return
    this.#isNudged = true
    this.#turn ??= this.#turns()
  }

  /** Takes nothing new, gives calls under way `withinMs` to end, and leaves the rest to the next start. */
  async close(withinMs: number): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    const patience = delay(withinMs, undefined, { ref: false })
    await Promise.race([this.#turn, patience])
    const calls = [...this.#calls.values()]
    await Promise.race([Promise.all(calls.map(({ done }) => done)), patience])
    for (const { abort } of this.#calls.values()) abort.abort()
  }

  async #turns(): Promise<void> {
    clearTimeout(this.#timer)
    while (this.#isNudged && !this.#isClosed) {
      this.#isNudged = false
      try {
        await this.#takeTurn()
      } catch {
        // the database is away, or a row is not what we wrote: the next turn tries again
        this.#isNudged = false
        this.#sleep(1_000)
      }
    }
    this.#turn = null
  }

  async #takeTurn(): Promise<void> {
    const { database } = this.options
    const fired = await database.change((transaction) => this.#fireTimers(transaction))
    while (await this.#takeCalls());
    if (now() - this.#prunedAt > PRUNE_EVERY_MS) await this.#prune()
    if (fired === TIMERS_A_TURN) return this.nudge()
    const [next] = await database.read<{ due_at: Date | null }>(
      'select min(due_at) as due_at from runner.jobs where leased_by is null and due_at > $1',
      [new Date(now())],
    )
    this.#sleep(next?.due_at ? next.due_at.getTime() - now() : LONGEST_SLEEP_MS)
  }

  #sleep(ms: number): void {
    if (this.#isClosed) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.nudge(), Math.min(Math.max(ms, 0), LONGEST_SLEEP_MS))
  }

  async #fireTimers(transaction: Transaction): Promise<number> {
    const { rows } = await transaction.query<Timer>(
      `select id, kind, run_id, step_id, function_id, payload from runner.jobs where kind <> 'call' and due_at <= $1 order by due_at, id limit $2 for update skip locked`,
      [new Date(now()), TIMERS_A_TURN],
    )
    for (const timer of rows) {
      if (timer.kind !== 'cron') await transaction.query('delete from runner.jobs where id = $1', [timer.id])
      if (timer.kind === 'wake') await endWait(transaction, timer.run_id, timer.step_id, timer.payload as StepResult)
      if (timer.kind === 'start') await this.#startDebounced(transaction, timer)
      if (timer.kind === 'cron') await this.#tick(transaction, timer)
    }
    return rows.length
  }

  async #startDebounced(transaction: Transaction, timer: Timer): Promise<void> {
    const config = this.options.functions.get(timer.function_id)
    if (config !== undefined) await startRun(transaction, config, [(timer.payload as { event: EventPayload }).event])
  }

  /** One run for this tick, however many were missed while nothing ran; then the next tick from now. */
  async #tick(transaction: Transaction, timer: Timer): Promise<void> {
    const { cron } = timer.payload as { cron: string }
    const config = this.options.functions.get(timer.function_id)
    const next = config === undefined ? null : nextTick(cron, now())
    if (config !== undefined) await startRun(transaction, config, [{ name: SCHEDULED, id: randomUUID(), ts: now(), data: { cron } }])
    if (next === null) await transaction.query('delete from runner.jobs where id = $1', [timer.id])
    else await transaction.query('update runner.jobs set due_at = $2 where id = $1', [timer.id, new Date(next)])
  }

  /** Leases due calls up to the free places, but no more of one limit than it allows. Returns whether it is worth asking again. */
  async #takeCalls(): Promise<boolean> {
    const free = this.options.maxCalls - this.#calls.size
    if (free <= 0 || this.#isClosed) return false
    const used = new Map<string, number>()
    for (const { call } of this.#calls.values()) for (const key of call.limit_keys) used.set(key, (used.get(key) ?? 0) + 1)
    const isFull = (key: string): boolean => (used.get(key) ?? 0) >= limitOf(this.options.functions, key)
    const taken = await this.options.database.change(async (transaction) => {
      const { rows } = await transaction.query<Call>(
        `update runner.jobs set leased_by = $1 where id in (
           select id from runner.jobs where kind = 'call' and leased_by is null and due_at <= $2 and not (limit_keys && $3::text[])
           order by due_at, id limit $4 for update skip locked)
         returning id, run_id, step_id, attempt, limit_keys`,
        [this.#id, new Date(now()), [...used.keys()].filter(isFull), free],
      )
      const within: Call[] = []
      const beyond: string[] = []
      for (const call of rows.sort((a, b) => Number(a.id) - Number(b.id))) {
        if (call.limit_keys.some(isFull)) beyond.push(call.id)
        else within.push(call)
        if (within.at(-1) === call) for (const key of call.limit_keys) used.set(key, (used.get(key) ?? 0) + 1)
      }
      if (beyond.length > 0) await transaction.query('update runner.jobs set leased_by = null where id = any($1::bigint[])', [beyond])
      return { within, beyond }
    })
    for (const call of taken.within) {
      const abort = new AbortController()
      const done = this.#call(call, abort).finally(() => {
        this.#calls.delete(call.id)
        this.nudge()
      })
      this.#calls.set(call.id, { call, abort, done })
    }
    // those beyond a limit are left out next time, so others behind them get their turn
    return taken.within.length + taken.beyond.length > 0
  }

  async #call(call: Call, abort: AbortController): Promise<void> {
    const { database, functions, appUrl, signingKey, callTimeoutMs, backoff } = this.options
    try {
      const question = await this.#question(call)
      const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(callTimeoutMs)])
      const answer =
        question === null
          ? {
              reached: true as const,
              status: 400,
              noRetry: true,
              retryAt: null,
              body: { name: 'Error', message: 'the function is no longer in the app' },
            }
          : await askApp(appUrl, signingKey, question, signal)
      if (abort.signal.aborted) return
      await database.change((transaction) => applyAnswer(transaction, { functions, call, leasedBy: this.#id, backoff }, answer))
    } catch {
      // what could not be read or written down is asked again
      await database
        .change((transaction) =>
          transaction.query('update runner.jobs set leased_by = null, due_at = $2 where id = $1', [call.id, new Date(now() + 1_000)]),
        )
        .catch(() => undefined)
    }
  }

  async #question(call: Call) {
    const { database, functions } = this.options
    const [run] = await database.read<{ function_id: string; events: EventPayload[] }>(
      'select function_id, events from runner.runs where id = $1',
      [call.run_id],
    )
    const config = run && functions.get(run.function_id)
    if (run === undefined || config === undefined) return null
    const steps = await database.read<{ id: string; state: string; result: StepResult | null }>(
      'select id, state, result from runner.steps where run_id = $1 order by position',
      [call.run_id],
    )
    const done = steps.filter(({ state }) => state === 'done')
    return {
      functionId: run.function_id,
      runId: call.run_id,
      stepId: call.step_id,
      attempt: call.attempt,
      maxAttempts: maxAttemptsOf(config),
      events: run.events,
      steps: Object.fromEntries(done.map(({ id, result }) => [id, result ?? errorResult('the result was lost')])),
      stack: done.map(({ id }) => id),
      planOnly: call.step_id === DISCOVER && steps.some(({ state }) => state === 'run'),
    }
  }

  async #prune(): Promise<void> {
    this.#prunedAt = now()
    const before = new Date(now() - KEEP_MS)
    await this.options.database.change(async (transaction) => {
      await transaction.query('delete from runner.runs where ended_at < $1', [before])
      await transaction.query('delete from runner.events where received_at < $1', [before])
      await transaction.query('delete from runner.keys where expires_at < $1', [new Date(now())])
    })
  }
}
