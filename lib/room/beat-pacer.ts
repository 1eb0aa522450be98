import type { Beat, HeartRateReach, Trend, Zone } from './beat'
import type { MovingReading } from './room-view'

/**
 * When a beat leaves. Called with every notification of the sensor and never by a timer, so that a dead strap sends nothing: at once if
 * bpm, zone, contact or reach changed, else on the third notification and within 3.2 s; at most two a second. A silence is said once.
 * Watts change with every turn: a machine speaks by the same rule, at most once a second.
 */
export type Pacer = {
  readonly run: string
  readonly seq: number
  readonly last: Beat | null
  readonly lastSentAtMs: number
  readonly lastHeardAtMs: number
  /** Notifications since the last beat. */
  readonly unsent: number
}
export type LiveNumber = {
  readonly reach: HeartRateReach
  readonly bpm: number
  readonly percentOfMax: number | null
  readonly zone: Zone | null
  readonly estimated: boolean
  readonly contact: boolean | null
  readonly trend: Trend
  /** As `ReadingBeat.at`. */
  readonly at?: number
  /** As `ReadingBeat.watts`. */
  readonly watts?: number
}
/** Of a machine, where the heart is not heard. `at` as `ReadingBeat.at`. */
export type LiveMotion = Omit<MovingReading, 'ageMs'> & { readonly reach: HeartRateReach; readonly at?: number }
type Silence = Extract<Beat, { kind: 'silence' }>['why']
export type Paced = { readonly pacer: Pacer; readonly beat: Beat | null }

export const MIN_SPACING_MS = 500
export const MAX_SPACING_MS = 3_200
const MOTION_SPACING_MS = 1_000
const EVERY = 3

export const startPacer = (run: string): Pacer => ({
  run,
  seq: 0,
  last: null,
  lastSentAtMs: -Infinity,
  lastHeardAtMs: -Infinity,
  unsent: 0,
})

export function paceNumber(pacer: Pacer, { reach, ...number }: LiveNumber, atMs: number): Paced {
  if (reach === 'me') return paceSilence(pacer, 'private', atMs)
  return paceHeard(pacer, { kind: 'reading', ...numberOf(pacer), reach, ...number }, ['reach', 'bpm', 'zone', 'contact'], MIN_SPACING_MS, atMs)
}

export function paceMotion(pacer: Pacer, { reach, ...motion }: LiveMotion, atMs: number): Paced {
  if (reach === 'me') return paceSilence(pacer, 'private', atMs)
  return paceHeard(pacer, { kind: 'motion', ...numberOf(pacer), reach, ...motion }, ['reach', 'watts', 'cadence', 'speed', 'heart', 'effort'], MOTION_SPACING_MS, atMs)
}

function paceHeard<B extends Extract<Beat, { kind: 'reading' | 'motion' }>>(pacer: Pacer, beat: B, told: ReadonlyArray<keyof B>, spacingMs: number, atMs: number): Paced {
  const last = pacer.last?.kind === beat.kind ? (pacer.last as B) : null
  const unsent = pacer.unsent + 1
  const changed = last === null || told.some((field) => last[field] !== beat[field])
  const sinceSent = atMs - pacer.lastSentAtMs
  // Waiting for one more notification of a slow source must not pass 3.2 s either.
  const nextWouldBeLate = sinceSent + (atMs - pacer.lastHeardAtMs) > MAX_SPACING_MS
  const due = changed || unsent >= EVERY || nextWouldBeLate
  // Leaving a silence is at once; only numbers count against how many a second.
  if (!due || (last !== null && sinceSent < spacingMs)) return { pacer: { ...pacer, unsent, lastHeardAtMs: atMs }, beat: null }
  return send({ ...pacer, lastHeardAtMs: atMs }, beat, atMs)
}

/** Never delayed: "hide me" is one of them. */
export function paceSilence(pacer: Pacer, why: Silence, atMs: number): Paced {
  if (pacer.last?.kind === 'silence' && pacer.last.why === why) return { pacer, beat: null }
  return send(pacer, { kind: 'silence', ...numberOf(pacer), why }, atMs)
}

export function paceEffort(pacer: Pacer, effort: number, reach: HeartRateReach, atMs: number): Paced {
  if (reach === 'me') return paceSilence(pacer, 'private', atMs)
  return send(pacer, { kind: 'effort', ...numberOf(pacer), reach, effort }, atMs)
}

const numberOf = ({ run, seq }: Pacer) => ({ run, seq })
const send = (pacer: Pacer, beat: Beat, atMs: number): Paced => ({
  pacer: { ...pacer, seq: pacer.seq + 1, last: beat, lastSentAtMs: atMs, unsent: 0 },
  beat,
})
