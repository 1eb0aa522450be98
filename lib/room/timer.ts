import { z } from 'zod'
import { type PlanStep, unrollPlan, WorkoutPlan } from '@/lib/classes/workout-plan'

/**
 * The workout's clock. The server keeps a small state in its own time; every screen computes from it where the class is, so a late comer is
 * at the right second without being told, and nothing ticks on the wire.
 */
export const ADD_MS = 20_000
/** From "Start" to the first second, so that everybody hears three, two, one. */
export const LEAD_IN_MS = 5_000
/** "Back" this soon after an interval began means the one before. */
const JUST_BEGUN_MS = 3_000
/** More than anybody presses in four hours. */
const MAX_LOG = 1_000

export const TimerCommand = z.enum([
  'start',
  'pause',
  'resume',
  'next',
  'back',
  'plus20',
  'restart-round',
  'sound-on',
  'sound-off',
  'stop',
])
export type TimerCommand = z.infer<typeof TimerCommand>

/** Instants are server ms. */
export const TimerState = z.object({
  /** One more with each command that changed something. */
  revision: z.number().int().nonnegative(),
  /** `null`: not started, or stopped. Intervals after `index` follow by the plan. */
  anchor: z
    .object({
      index: z.number().int().nonnegative(),
      /** When interval `index` began, moved on by the pauses within it. */
      beganAtMs: z.number(),
      /** What "+20 s" has added to interval `index`. */
      addedMs: z.number().int().nonnegative(),
      /** It begins in the future: until then the class gets ready. */
      leadIn: z.boolean(),
    })
    .nullable(),
  pausedAtMs: z.number().nullable(),
  soundOn: z.boolean(),
})
export type TimerState = z.infer<typeof TimerState>
export const TIMER_READY: TimerState = { revision: 0, anchor: null, pausedAtMs: null, soundOn: true }

/** What the server stores: the state, and for each start the plan that it ran by and every command that moved it. */
export const TimerRecord = z.object({
  state: TimerState,
  runs: z.array(z.object({ plan: WorkoutPlan, log: z.array(z.object({ command: TimerCommand, atMs: z.number() })) })),
})
export type TimerRecord = z.infer<typeof TimerRecord>
export type TimerRun = TimerRecord['runs'][number]

/** POST …/timer. `revision` is what the caller saw; with an older one nothing is done. */
export const TimerOrder = z.object({ command: TimerCommand, revision: z.number().int().nonnegative() }).strict()
export type TimerOrder = z.infer<typeof TimerOrder>
/** `conflict`: the timer had moved on. The state is the newest either way. */
export const TimerAnswer = z.object({ outcome: z.enum(['applied', 'conflict']), timer: TimerState })
export type TimerAnswer = z.infer<typeof TimerAnswer>

export type TimerPosition =
  | { readonly phase: 'ready'; readonly totalRemainingMs: number; readonly next: PlanStep | null }
  | {
      /** `getting-ready` before the first second; `step` is then what comes. */
      readonly phase: 'getting-ready' | 'running'
      readonly paused: boolean
      readonly step: PlanStep
      /** Of the interval; of the getting ready before it. */
      readonly remainingMs: number
      /** Since the interval began; 0 while getting ready. */
      readonly elapsedMs: number
      /** With what "+20 s" has added. */
      readonly durationMs: number
      readonly totalRemainingMs: number
      readonly next: PlanStep | null
    }
  | { readonly phase: 'finished'; readonly totalRemainingMs: 0; readonly next: null }

/** Where the class is at a server instant. Before the anchor (a clock that is a little behind) counts as its first moment. */
export function positionAt(steps: readonly PlanStep[], state: TimerState, serverNowMs: number): TimerPosition {
  const { anchor } = state
  const last = steps.at(-1)
  if (anchor === null || last === undefined) return { phase: 'ready', totalRemainingMs: last?.endMs ?? 0, next: steps[0] ?? null }
  const paused = state.pausedAtMs !== null
  const sinceMs = (state.pausedAtMs ?? serverNowMs) - anchor.beganAtMs
  let elapsedMs = Math.max(0, sinceMs)
  for (const step of steps.slice(anchor.index)) {
    const durationMs = step.endMs - step.startMs + (step.index === anchor.index ? anchor.addedMs : 0)
    if (elapsedMs < durationMs) {
      const leadMs = anchor.leadIn && step.index === anchor.index ? Math.max(0, -sinceMs) : 0
      const restMs = durationMs - elapsedMs
      const remainingMs = leadMs > 0 ? leadMs : restMs
      const totalRemainingMs = leadMs + restMs + last.endMs - step.endMs
      const phase = leadMs > 0 ? 'getting-ready' : 'running'
      return { phase, paused, step, remainingMs, elapsedMs, durationMs, totalRemainingMs, next: steps[step.index + 1] ?? null }
    }
    elapsedMs -= durationMs
  }
  return { phase: 'finished', totalRemainingMs: 0, next: null }
}

/** What a command makes of the state at a server instant; the same state where it means nothing (a pause of what does not run). */
export function applyCommand(steps: readonly PlanStep[], state: TimerState, command: TimerCommand, atMs: number): TimerState {
  const change = changeBy(steps, state, command, atMs)
  return change === null ? state : { ...state, ...change, revision: state.revision + 1 }
}

type Change = Partial<Omit<TimerState, 'revision'>>

function changeBy(steps: readonly PlanStep[], state: TimerState, command: TimerCommand, atMs: number): Change | null {
  if (command === 'sound-on' || command === 'sound-off') {
    const soundOn = command === 'sound-on'
    return soundOn === state.soundOn ? null : { soundOn }
  }
  if (command === 'stop') return state.anchor === null ? null : { anchor: null, pausedAtMs: null }
  const position = positionAt(steps, state, atMs)
  if (position.phase === 'ready' || position.phase === 'finished') {
    return command === 'start' && steps.length > 0 ? { anchor: beginAt(0, atMs + LEAD_IN_MS, true), pausedAtMs: null } : null
  }
  const { step, paused } = position
  const pausedAtMs = paused ? atMs : null
  switch (command) {
    case 'start':
      return null
    case 'pause':
      return paused ? null : { pausedAtMs: atMs }
    case 'resume':
      return paused ? { anchor: anchorAt(position, atMs), pausedAtMs: null } : null
    case 'next':
      return { anchor: beginAt(position.phase === 'getting-ready' ? step.index : step.index + 1, atMs), pausedAtMs }
    case 'back':
      return { anchor: beginAt(Math.max(0, step.index - (position.elapsedMs < JUST_BEGUN_MS ? 1 : 0)), atMs), pausedAtMs }
    case 'plus20': {
      const anchor = anchorAt(position, atMs)
      return { anchor: { ...anchor, addedMs: anchor.addedMs + ADD_MS }, pausedAtMs }
    }
    case 'restart-round':
      return { anchor: beginAt(roundStart(steps, step), atMs + LEAD_IN_MS, true), pausedAtMs: null }
  }
}

const beginAt = (index: number, beganAtMs: number, leadIn = false): NonNullable<TimerState['anchor']> => ({
  ...{ index, beganAtMs, addedMs: 0, leadIn },
})

type Under = Extract<TimerPosition, { step: PlanStep }>

/** The anchor that says the same position with the present interval first. */
function anchorAt({ phase, step, elapsedMs, durationMs, remainingMs }: Under, atMs: number): NonNullable<TimerState['anchor']> {
  const leadIn = phase === 'getting-ready'
  const addedMs = durationMs - (step.endMs - step.startMs)
  return { index: step.index, beganAtMs: leadIn ? atMs + remainingMs : atMs - elapsedMs, addedMs, leadIn }
}

const roundStart = (steps: readonly PlanStep[], { block, round, index }: PlanStep): number =>
  steps.find((one) => one.block === block && one.round === round)?.index ?? index

/**
 * The record after a command; the same record where it means nothing, `null` where it needs a plan and there is none. `plan` is what runs,
 * or would run now; a run keeps the plan that it was started with.
 */
export function recordCommand(record: TimerRecord, plan: WorkoutPlan | null, command: TimerCommand, atMs: number): TimerRecord | null {
  const state = applyCommand(plan ? unrollPlan(plan) : [], record.state, command, atMs)
  if (command === 'sound-on' || command === 'sound-off') return state === record.state ? record : { ...record, state }
  if (plan === null) return null
  if (state === record.state) return record
  const entry = { command, atMs }
  if (command === 'start') return { state, runs: [...record.runs, { plan, log: [entry] }] }
  if (record.runs.reduce((entries, { log }) => entries + log.length, 0) >= MAX_LOG) return record
  return { state, runs: record.runs.map((run, i) => (i === record.runs.length - 1 ? { ...run, log: [...run.log, entry] } : run)) }
}
