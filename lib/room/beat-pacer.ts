import type { Beat, HeartRateReach, Trend, Zone } from './beat'

/**
 * When a beat leaves. Called with every notification of the sensor and never by a timer, so that a dead strap sends nothing: at once if
 * bpm, zone, contact or reach changed, else on the third notification and within 3.2 s; at most two a second. A silence is said once.
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
type Silence = Extract<Beat, { kind: 'silence' }>['why']
export type Paced = { readonly pacer: Pacer; readonly beat: Beat | null }

export const MIN_SPACING_MS = 500
export const MAX_SPACING_MS = 3_200
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
  const { last } = pacer
  const unsent = pacer.unsent + 1
  const changed =
    last?.kind !== 'reading' ||
    last.reach !== reach ||
    last.bpm !== number.bpm ||
    last.zone !== number.zone ||
    last.contact !== number.contact
  const sinceSent = atMs - pacer.lastSentAtMs
  // Waiting for one more notification of a slow source must not pass 3.2 s either.
  const nextWouldBeLate = sinceSent + (atMs - pacer.lastHeardAtMs) > MAX_SPACING_MS
  const due = changed || unsent >= EVERY || nextWouldBeLate
  // Leaving a silence is at once; only numbers count against two a second.
  if (!due || (last?.kind === 'reading' && sinceSent < MIN_SPACING_MS))
    return { pacer: { ...pacer, unsent, lastHeardAtMs: atMs }, beat: null }
  return send({ ...pacer, lastHeardAtMs: atMs }, { kind: 'reading', run: pacer.run, seq: pacer.seq, reach, ...number }, atMs)
}

/** Never delayed: "hide me" is one of them. */
export function paceSilence(pacer: Pacer, why: Silence, atMs: number): Paced {
  if (pacer.last?.kind === 'silence' && pacer.last.why === why) return { pacer, beat: null }
  return send(pacer, { kind: 'silence', run: pacer.run, seq: pacer.seq, why }, atMs)
}

export function paceEffort(pacer: Pacer, effort: number, reach: HeartRateReach, atMs: number): Paced {
  if (reach === 'me') return paceSilence(pacer, 'private', atMs)
  return send(pacer, { kind: 'effort', run: pacer.run, seq: pacer.seq, reach, effort }, atMs)
}

const send = (pacer: Pacer, beat: Beat, atMs: number): Paced => ({
  pacer: { ...pacer, seq: pacer.seq + 1, last: beat, lastSentAtMs: atMs, unsent: 0 },
  beat,
})
