import { HOLD_SECONDS } from '@/lib/physiology/hold'
import type { Beat } from './beat'
import { STALE_MS, type LiveReading, type TileReading } from './room-view'

export type Heard = { readonly atMs: number; readonly bpm: number }

/** What has been heard of one person's heart, from however many page loads and devices. Pure: `atMs` is the listener's monotonic clock. */
export type MemberHeart = {
  /** Newest run first; a run is one page load of one device. */
  readonly runs: readonly Run[]
  /** Numbers of the last minute, oldest first. */
  readonly heard: readonly Heard[]
}
type Run = {
  readonly run: string
  readonly seq: number
  readonly word: Beat
  readonly atMs: number
  /** The last number of this run, kept while a silence that nobody chose follows it. */
  readonly number: { readonly beat: Extract<Beat, { kind: 'reading' | 'motion' }>; readonly atMs: number } | null
}

export const NOTHING_HEARD: MemberHeart = { runs: [], heard: [] }
/** The one constant for how long a value counts. */
export const HOLD_MS = HOLD_SECONDS * 1_000
export const EFFORT_STANDS_MS = 5 * 60_000
export const HISTORY_SECONDS = 60
const RUNS_KEPT = 4

/** Silences that the person asked for: the number goes at once. After any other it fades as an unheard one does. */
const isChosen = (beat: Beat): boolean => isHidden(beat) || (beat.kind === 'silence' && beat.why === 'none')
const isHidden = (beat: Beat): boolean => beat.kind === 'silence' && (beat.why === 'private' || beat.why === 'hidden')

/** Takes one beat in; a beat that is late, repeated or overtaken in its own run changes nothing. */
export function hear(heart: MemberHeart, beat: Beat, atMs: number): MemberHeart {
  const known = heart.runs.find(({ run }) => run === beat.run)
  if (known && beat.seq <= known.seq) return heart
  const isNumber = beat.kind === 'reading' || beat.kind === 'motion'
  const number = isNumber ? { beat, atMs } : isChosen(beat) || beat.kind === 'effort' ? null : (known?.number ?? null)
  const entry: Run = { run: beat.run, seq: beat.seq, word: beat, atMs, number }
  // Whoever hides or shows themselves on any of their devices has spoken last, whichever device is newer.
  const turned = known !== undefined && isHidden(known.word) !== isHidden(beat)
  const runs =
    known && !turned
      ? heart.runs.map((run) => (run === known ? entry : run))
      : [entry, ...heart.runs.filter((run) => run !== known)].slice(0, RUNS_KEPT)
  const kept = heart.heard.filter((one) => atMs - one.atMs <= HISTORY_SECONDS * 1_000 + HOLD_MS)
  if (isHidden(beat)) return { runs, heard: [] }
  return { runs, heard: beat.kind === 'reading' ? [...kept, { atMs, bpm: beat.bpm }] : kept }
}

export type Spoken = { readonly beat: Beat; readonly atMs: number }

/**
 * The word that counts now: of the newest run that gives a number or an effort, or that is silent by choice (an older device must not
 * undo "hide me"); else the newest word of all. A heart counts before a machine, whichever of the person's devices is newer. `null`:
 * never heard.
 */
export function wordAt(heart: MemberHeart, atMs: number): Spoken | null {
  let moved: Spoken | null = null
  for (const run of heart.runs) {
    if (isHidden(run.word)) return moved ?? { beat: run.word, atMs: run.atMs }
    if (run.number && atMs - run.number.atMs < HOLD_MS) {
      if (run.number.beat.kind === 'reading') return run.number
      moved ??= run.number
    } else if (run.word.kind === 'effort' && atMs - run.atMs < EFFORT_STANDS_MS) return moved ?? { beat: run.word, atMs: run.atMs }
  }
  if (moved) return moved
  const latest = heart.runs.reduce<Run | null>((best, run) => (best && best.atMs >= run.atMs ? best : run), null)
  return latest && { beat: latest.word, atMs: latest.atMs }
}

/** What a tile shows now. `staleMs` is larger where numbers come by way of the host's frames; `lineToMs` is where the line of the last minute ends. */
export function readingAt(heart: MemberHeart, atMs: number, presence: 'here' | 'away', staleMs: number = STALE_MS, lineToMs: number = atMs): TileReading {
  const spoken = wordAt(heart, atMs)
  if (!spoken) return { state: 'none', why: 'never', sinceMs: null }
  const { beat } = spoken
  const ageMs = atMs - spoken.atMs
  const lastNumber = heart.heard.at(-1)
  const sinceMs = lastNumber ? atMs - lastNumber.atMs : ageMs
  if (beat.kind === 'effort')
    return ageMs < EFFORT_STANDS_MS ? { state: 'effort', effort: beat.effort, ageMs } : { state: 'none', why: 'never', sinceMs: null }
  if (beat.kind === 'silence') return { state: 'none', why: beat.why === 'none' ? 'never' : beat.why, sinceMs }
  if (ageMs >= HOLD_MS) return { state: 'none', why: presence === 'away' ? 'reconnecting' : 'lost', sinceMs: beat.kind === 'motion' ? ageMs : sinceMs }
  // A source that said it went quiet is stale from that moment, whatever the age of its last number.
  const quiet = heart.runs.some((run) => run.number?.beat === beat && run.word.kind === 'silence')
  const stale = quiet || ageMs >= staleMs
  if (beat.kind === 'motion') {
    const { watts, cadence, speed, effort, heart: why } = beat
    return { state: 'moving', stale, watts, cadence, speed, effort, heart: why, ageMs }
  }
  const { bpm, percentOfMax, zone, estimated, contact, trend, watts } = beat
  const reading: LiveReading = { bpm, percentOfMax, zone, estimated, contact, trend, watts, ageMs, history: historyAt(heart.heard, lineToMs) }
  return { state: stale ? 'stale' : 'live', ...reading }
}

/** One value a second for the last minute, oldest first; a value counts until the next one or for 10 s. */
export function historyAt(heard: readonly Heard[], atMs: number): ReadonlyArray<number | null> {
  const history: Array<number | null> = []
  let index = 0
  let last: Heard | null = null
  for (let second = HISTORY_SECONDS - 1; second >= 0; second -= 1) {
    const endMs = atMs - second * 1_000
    for (let next = heard[index]; next && next.atMs <= endMs; next = heard[index]) {
      last = next
      index += 1
    }
    history.push(last && endMs - last.atMs < HOLD_MS ? last.bpm : null)
  }
  return history
}
