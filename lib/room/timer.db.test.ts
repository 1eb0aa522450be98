import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { PLAN_PRESETS } from '@/lib/classes/plan-preset'
import type { WorkoutPlan } from '@/lib/classes/workout-plan'
import { db } from '@/lib/platform/db.server'
import { makeAccount, makeClass } from '@/tests/people'
import { endWorkoutInRoom } from './run-room.server'
import { readSnapshot } from './snapshot.server'
import type { TimerCommand } from './timer'
import { changeClassPlan, changeSeriesPlan, commandTimer, readTimerRecord, startWorkoutInRoom } from './timer.server'

// Before the job client is loaded, which reads its address once.
const outside = await vi.hoisted(async () => (await import('@/tests/outside-world')).startOutsideWorld())
afterAll(() => outside.close())

const tabata = PLAN_PRESETS[0]?.build({}) ?? { blocks: [] }
const steady = PLAN_PRESETS.at(-1)?.build({}) ?? { blocks: [] }
let of: { seriesId: string; classId: string }
beforeEach(async () => {
  of = await makeClass((await makeAccount('Mara')).personId)
  await changeSeriesPlan(of.seriesId, tabata)
  outside.published.length = 0
})
const news = () => outside.published.map(({ data }) => data)
const press = (command: TimerCommand, revision: number) => commandTimer(of.classId, { command, revision })

describe('the timer of a class', () => {
  it('starts the workout with the first press, and tells the room where it stands', async () => {
    const { outcome, timer } = await press('start', 0)
    expect(outcome).toBe('applied')
    const snapshot = await readSnapshot(of.classId)
    expect(snapshot).toMatchObject({ status: 'live', timer, plan: tabata })
    expect(timer.anchor?.beganAtMs).toBe((snapshot.workoutStartedAt ?? 0) + 5_000)
    expect(news()).toEqual([
      { type: 'timer-changed', timer },
      { type: 'workout-started', workoutStartedAt: snapshot.workoutStartedAt },
    ])
    await startWorkoutInRoom(of.classId)
    expect(news()).toHaveLength(2)
  })

  it('counts one of two presses that saw the same state, and a press sent twice once', async () => {
    await press('start', 0)
    const both = await Promise.all([press('next', 1), press('next', 1)])
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['applied', 'conflict'])
    expect(both[0]?.timer).toEqual(both[1]?.timer)
    expect(both[0]?.timer).toMatchObject({ revision: 2, anchor: { index: 0 } })
  })

  it('keeps every press that moved something, with the plan that it ran by', async () => {
    await press('start', 0)
    await press('sound-off', 1)
    await press('pause', 2)
    await press('pause', 3)
    await press('stop', 3)
    await changeClassPlan(of.classId, steady)
    await press('start', 4)
    const { timer } = await db.liveClass.findUniqueOrThrow({ where: { id: of.classId } })
    const record = readTimerRecord(timer)
    expect(record.runs.map(({ plan, log }) => [plan, log.map(({ command }) => command)])).toEqual([
      [tabata, ['start', 'pause', 'stop']],
      [steady, ['start']],
    ])
    expect(record.state).toMatchObject({ revision: 5, soundOn: false })
  })

  it('needs a plan and an open room, and ends with the workout', async () => {
    const bare = await makeClass((await makeAccount('Otto')).personId)
    await expect(commandTimer(bare.classId, { command: 'start', revision: 0 })).rejects.toMatchObject({ code: 'conflict' })
    expect(await commandTimer(bare.classId, { command: 'sound-off', revision: 0 })).toMatchObject({ timer: { soundOn: false } })
    await db.liveClass.update({ where: { id: bare.classId }, data: { status: 'scheduled' } })
    await expect(startWorkoutInRoom(bare.classId)).rejects.toMatchObject({ code: 'conflict' })
    await endWorkoutInRoom(of.classId)
    await expect(press('start', 0)).rejects.toMatchObject({ code: 'class_over' })
    await expect(startWorkoutInRoom(of.classId)).rejects.toMatchObject({ code: 'class_over' })
  })

  it('turns an open door into a live class', async () => {
    await db.liveClass.update({ where: { id: of.classId }, data: { status: 'open' } })
    const { workoutStartedAt } = await startWorkoutInRoom(of.classId)
    expect(await readSnapshot(of.classId)).toMatchObject({ status: 'live', workoutStartedAt, timer: { anchor: null } })
    expect(await startWorkoutInRoom(of.classId)).toEqual({ workoutStartedAt })
  })
})

describe('the plan of a class', () => {
  const plan = async (): Promise<WorkoutPlan | null> => (await readSnapshot(of.classId)).plan
  it('is its own, else that of its series', async () => {
    expect(await plan()).toEqual(tabata)
    await changeClassPlan(of.classId, steady)
    expect(await plan()).toEqual(steady)
    await changeSeriesPlan(of.seriesId, null)
    expect(await plan()).toEqual(steady)
    await changeClassPlan(of.classId, null)
    expect(await plan()).toBeNull()
    expect(news()).toEqual([steady, null].map((given) => ({ type: 'plan-changed', plan: given })))
  })

  it('does not change under a running timer, whoever changes the series', async () => {
    await press('start', 0)
    await expect(changeClassPlan(of.classId, steady)).rejects.toMatchObject({ code: 'conflict' })
    await changeSeriesPlan(of.seriesId, steady)
    expect(await plan()).toEqual(tabata)
    await press('stop', 1)
    expect(await plan()).toEqual(steady)
    expect(news().at(-1)).toEqual({ type: 'plan-changed', plan: steady })
  })
})
