import 'server-only'
import { planOf, requireOpen, setClassPlan, setSeriesPlan, startWorkout } from '@/lib/classes/workout.server'
import { unrollPlan, type WorkoutPlan } from '@/lib/classes/workout-plan'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { type Db, db } from '@/lib/platform/db.server'
import { tellRoom } from './publish.server'
import { positionAt, recordCommand, TIMER_READY, type TimerAnswer, type TimerOrder, TimerRecord, type TimerState } from './timer'

const NO_RECORD: TimerRecord = { state: TIMER_READY, runs: [] }
const select = { status: true, plan: true, timer: true, workoutStartedAt: true, hostSeenAt: true, series: { select: { plan: true } } } as const

export type Workout = {
  /** What runs, or would run now. */
  readonly plan: WorkoutPlan | null
  readonly timer: TimerState
  readonly workoutStartedAt: number | null
  readonly hostSeenAt: number | null
}
type Row = Workout & { readonly status: Parameters<typeof requireOpen>[0]; readonly record: TimerRecord }

async function read(from: Db, classId: string): Promise<Row> {
  const row = await from.liveClass.findUnique({ where: { id: classId }, select })
  if (!row) throw new AppError('not_found', 'There is no such class.')
  const record = readTimerRecord(row.timer)
  const { state } = record
  const running = state.anchor === null ? undefined : record.runs.at(-1)?.plan
  const plan = running ?? planOf(row, row.series)
  const { status, workoutStartedAt, hostSeenAt } = row
  return {
    ...{ plan, timer: state, status, record },
    workoutStartedAt: workoutStartedAt?.getTime() ?? null,
    hostSeenAt: hostSeenAt?.getTime() ?? null,
  }
}

/** The timer as stored in `LiveClass.timer`. */
export const readTimerRecord = (stored: unknown): TimerRecord => TimerRecord.catch(NO_RECORD).parse(stored ?? NO_RECORD)

/** Throws `not_found`. */
export async function readWorkout(classId: string): Promise<Workout> {
  const { status: _status, record: _record, ...workout } = await read(db, classId)
  return workout
}

/** Begins the workout, once. Errors as `startWorkout`. */
export async function startWorkoutInRoom(classId: string): Promise<{ workoutStartedAt: number }> {
  const { workoutStartedAt, first } = await db.$transaction((tx) => startWorkout(tx, classId))
  if (first) await tellRoom(classId, { type: 'workout-started', workoutStartedAt })
  return { workoutStartedAt }
}

/**
 * One press on the timer. Of two presses that saw the same revision one counts, and a press sent twice counts once: the other is answered
 * with the state as it is. Starting the timer starts the workout. Throws `conflict` without a plan, `class_over`, `class_cancelled`.
 */
export async function commandTimer(classId: string, { command, revision }: TimerOrder): Promise<TimerAnswer> {
  const done = await db.$transaction(async (tx) => {
    await lock(tx, classId)
    const { plan, record, status, workoutStartedAt } = await read(tx, classId)
    requireOpen(status)
    if (record.state.revision !== revision) return { outcome: 'conflict', timer: record.state, news: [] } as const
    const at = now()
    const next = recordCommand(record, plan, command, at)
    if (next === null) throw new AppError('conflict', 'This class has no plan yet. Choose one under More, Plan.')
    if (next === record) return { outcome: 'applied', timer: next.state, news: [] } as const
    await tx.liveClass.update({ where: { id: classId }, data: { timer: next } })
    const changed = { type: 'timer-changed', timer: next.state } as const
    const { plan: planAfter } = command === 'stop' ? await read(tx, classId) : { plan }
    // The series' plan was changed while this one ran.
    if (JSON.stringify(planAfter) !== JSON.stringify(plan))
      return { outcome: 'applied', timer: next.state, news: [changed, { type: 'plan-changed', plan: planAfter }] } as const
    if (command !== 'start' || workoutStartedAt !== null) return { outcome: 'applied', timer: next.state, news: [changed] } as const
    const started = await startWorkout(tx, classId, at)
    const begun = { type: 'workout-started', workoutStartedAt: started.workoutStartedAt } as const
    return { outcome: 'applied', timer: next.state, news: [changed, begun] } as const
  })
  for (const event of done.news) await tellRoom(classId, event)
  return { outcome: done.outcome, timer: done.timer }
}

/** For this occurrence only; `null` goes back to the series' plan. Throws `conflict` while the timer runs. */
export async function changeClassPlan(classId: string, plan: WorkoutPlan | null): Promise<{ plan: WorkoutPlan | null }> {
  const now = await db.$transaction(async (tx) => {
    await lock(tx, classId)
    const { status, record } = await read(tx, classId)
    if (status === 'ended' || status === 'cancelled') requireOpen(status)
    if (isRunning(record))
      throw new AppError('conflict', 'The timer is running by its plan. Use Next and +20 s, or stop the timer and change the plan then.')
    await setClassPlan(tx, classId, plan)
    return (await read(tx, classId)).plan
  })
  await tellRoom(classId, { type: 'plan-changed', plan: now })
  return { plan: now }
}

/** For every class of the series without a plan of its own; one whose timer runs keeps the plan that it runs by. */
export async function changeSeriesPlan(seriesId: string, plan: WorkoutPlan | null): Promise<{ plan: WorkoutPlan | null }> {
  for (const classId of await setSeriesPlan(seriesId, plan)) {
    const { plan: effective } = await readWorkout(classId)
    await tellRoom(classId, { type: 'plan-changed', plan: effective })
  }
  return { plan }
}

function isRunning({ state, runs }: TimerRecord): boolean {
  const plan = runs.at(-1)?.plan
  return plan !== undefined && !['ready', 'finished'].includes(positionAt(unrollPlan(plan), state, now()).phase)
}

async function lock(tx: Db, classId: string): Promise<void> {
  await tx.$queryRaw`select id from classes where id = ${classId} for update`
}
