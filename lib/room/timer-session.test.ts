import { expect, it } from 'vitest'
import { PLAN_PRESETS } from '@/lib/classes/plan-preset'
import { createApi } from '@/lib/platform/api.client'
import { createRoomNews } from './room-news.client'
import { applyCommand, TIMER_READY, type TimerState } from './timer'
import { createTimerSession } from './timer-session.client'
import { unrollPlan } from '@/lib/classes/workout-plan'

const plan = PLAN_PRESETS[0]?.build({}) ?? null
const steps = plan ? unrollPlan(plan) : []

/** The server's side of one timer, and a screen whose clock the test moves. */
function world() {
  const server = { timer: TIMER_READY as TimerState, nowMs: 1_800_000_000_000, orders: [] as unknown[] }
  const news = createRoomNews()
  const session = createTimerSession({
    snapshot: { classId: 'cls_1', plan, timer: TIMER_READY, workoutStartedAt: null },
    news,
    serverNowMs: () => server.nowMs,
    monotonicMs: () => server.nowMs - 1_000,
    api: createApi(async (_, init) => {
      const order = JSON.parse(String(init?.body)) as { command: 'start'; revision: number }
      server.orders.push(order)
      const outcome = order.revision === server.timer.revision ? 'applied' : 'conflict'
      if (outcome === 'applied') server.timer = applyCommand(steps, server.timer, order.command, server.nowMs)
      return Response.json({ outcome, timer: server.timer })
    }),
  })
  return { server, news, session }
}

it('sends presses one after the other, each on what the one before made', async () => {
  const { server, session } = world()
  await Promise.all([session.press('start'), session.press('plus20'), session.press('plus20')])
  expect(server.orders).toEqual([
    { command: 'start', revision: 0 },
    { command: 'plus20', revision: 1 },
    { command: 'plus20', revision: 2 },
  ])
  expect(session.view).toMatchObject({ timer: { revision: 3, anchor: { addedMs: 40_000 } }, pressing: false })
  server.nowMs += 5_000
  expect(session.position()).toMatchObject({ phase: 'running', remainingMs: 340_000 })
})

it('does nothing twice when somebody else was quicker, and shows what they did', async () => {
  const { server, session } = world()
  server.timer = applyCommand(steps, server.timer, 'start', server.nowMs)
  await session.press('start')
  expect(session.view.timer).toEqual(server.timer)
})

it('takes news in whatever order it comes: the newer revision counts', () => {
  const { news, session } = world()
  const started = applyCommand(steps, TIMER_READY, 'start', 0)
  const paused = applyCommand(steps, started, 'pause', 9_000)
  news.event({ type: 'timer-changed', timer: paused })
  news.event({ type: 'timer-changed', timer: started })
  expect(session.view.timer).toEqual(paused)
  news.event({ type: 'workout-started', workoutStartedAt: 5 })
  news.event({ type: 'plan-changed', plan: null })
  expect(session.view).toMatchObject({ workoutStartedAt: 5, plan: null, steps: [] })
  session.dispose()
  news.event({ type: 'plan-changed', plan })
  expect(session.view.plan).toBeNull()
})
