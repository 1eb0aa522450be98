import { z } from 'zod'
import { type PlanStep, unrollPlan, WorkoutPlan } from '@/lib/classes/workout-plan'
import { type Api, api as browserApi } from '@/lib/platform/api.client'
import type { RoomEvent, RoomSnapshot } from './room-event'
import type { RoomNews } from './room-view'
import { createSteadyClock } from './steady-clock'
import { positionAt, TimerAnswer, type TimerCommand, type TimerPosition, type TimerState } from './timer'
import { createViewStore } from './view-store'

/** What a screen knows of the workout; changes only when somebody presses something. Where the class is, `position()` says. */
export type TimerView = {
  readonly plan: WorkoutPlan | null
  readonly steps: readonly PlanStep[]
  readonly timer: TimerState
  readonly workoutStartedAt: number | null
  /** Presses that the server has not answered. */
  readonly pressing: boolean
}

export interface TimerSession {
  readonly view: TimerView
  subscribe(listener: () => void): () => void
  /** Now, by the server's clock; `null` until it has answered once. */
  position(): TimerPosition | null
  /** The server's clock, moving evenly. */
  nowMs(): number | null
  /** Host only. One after the other: a press counts on what the one before made. Rejects in the server's words. */
  press(command: TimerCommand): Promise<void>
  startWorkout(): Promise<void>
  changePlan(plan: WorkoutPlan | null): Promise<void>
  dispose(): void
}

export type TimerSessionOptions = {
  readonly snapshot: Pick<RoomSnapshot, 'classId' | 'plan' | 'timer' | 'workoutStartedAt'>
  readonly news: RoomNews
  readonly serverNowMs: () => number | null
  readonly api?: Api
  readonly monotonicMs?: () => number
}
type Known = Pick<TimerView, 'plan' | 'timer' | 'workoutStartedAt'>

/** What a screen knows after some news. An answer may overtake an event: the newer revision counts. */
export function reduceTimer(known: Known, news: RoomEvent | ({ type: 'snapshot' } & Known)): Known {
  const newer = (timer: TimerState) => (timer.revision >= known.timer.revision ? timer : known.timer)
  switch (news.type) {
    case 'timer-changed':
      return { ...known, timer: newer(news.timer) }
    case 'plan-changed':
      return { ...known, plan: news.plan }
    case 'workout-started':
      return { ...known, workoutStartedAt: news.workoutStartedAt }
    case 'snapshot':
      return { plan: news.plan, timer: newer(news.timer), workoutStartedAt: news.workoutStartedAt }
    default:
      return known
  }
}

/** The timer of one class on one screen. */
export function createTimerSession({ snapshot, news, serverNowMs, api = browserApi, monotonicMs }: TimerSessionOptions): TimerSession {
  const base = `/api/classes/${snapshot.classId}` as const
  const nowMs = createSteadyClock(serverNowMs, monotonicMs ?? (() => performance.now()))
  let known: Known = snapshot
  let unrolled: { plan: WorkoutPlan | null; steps: readonly PlanStep[] } = { plan: null, steps: [] }
  let waiting: Promise<void> = Promise.resolve()
  let presses = 0
  const store = createViewStore<TimerView>(look, 0)
  const stops = [
    news.onEvent((event) => learn(reduceTimer(known, event))),
    news.onSnapshot((next) => learn(reduceTimer(known, { type: 'snapshot', ...next }))),
  ]

  function look(): TimerView {
    const { plan, timer, workoutStartedAt } = known
    if (unrolled.plan !== plan) unrolled = { plan, steps: plan ? unrollPlan(plan) : [] }
    return { plan, timer, workoutStartedAt, steps: unrolled.steps, pressing: presses > 0 }
  }
  function learn(next: Known): void {
    if (next === known) return
    known = next
    store.drawNow()
  }
  function inTurn(ask: () => Promise<void>): Promise<void> {
    presses += 1
    store.drawNow()
    const done = waiting.then(ask).finally(() => {
      presses -= 1
      store.drawNow()
    })
    waiting = done.catch(() => undefined)
    return done
  }

  return {
    get view() {
      return store.view
    },
    subscribe: store.subscribe,
    nowMs,
    position() {
      const atMs = nowMs()
      return atMs === null ? null : positionAt(store.view.steps, store.view.timer, atMs)
    },
    press: (command) =>
      inTurn(async () => {
        const { timer } = await api('POST', `${base}/timer`, { body: { command, revision: known.timer.revision }, reply: TimerAnswer })
        learn(reduceTimer(known, { type: 'timer-changed', timer }))
      }),
    startWorkout: () =>
      inTurn(async () => {
        const { workoutStartedAt } = await api('POST', `${base}/start-workout`, { reply: z.object({ workoutStartedAt: z.number() }) })
        learn(reduceTimer(known, { type: 'workout-started', workoutStartedAt }))
      }),
    changePlan: (plan) =>
      inTurn(async () => {
        const answer = await api('PUT', `${base}/plan`, { body: { plan }, reply: z.object({ plan: WorkoutPlan.nullable() }) })
        learn(reduceTimer(known, { type: 'plan-changed', plan: answer.plan }))
      }),
    dispose() {
      for (const stop of stops.splice(0)) stop()
      store.close()
    },
  }
}
