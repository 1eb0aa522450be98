import type { Frame } from './beat'
import { FRAME_SPACING_MS, type Shared } from './board'

/**
 * The host's screens tell the class what those who share have said. One of them writes: the one whose frames are heard. Another takes
 * over after 3 s of silence plus 1 s for each place in its rank, and yields to a lower rank. Pure; times are this screen's monotonic clock.
 */
export type FrameWriter = {
  readonly writing: boolean
  readonly seq: number
  readonly lastFrameAtMs: number
  /** When another host screen's frame was last heard, or this screen came. */
  readonly lastHeardAtMs: number
  /** Since when there has been something to say that nobody said; null: nothing. */
  readonly pendingSinceMs: number | null
  /** What this screen last told the class, by participant: when the beat behind it was heard, or null for "forget it". */
  readonly told: ReadonlyMap<string, number | null>
}

export const TAKE_OVER_MS = 3_000
export const TAKE_OVER_STEP_MS = 1_000
/** Some 175 bytes of a machine must stay within the 10 kB of one event; the rest goes with the next frame. */
export const READINGS_PER_FRAME = 55

export const startWriter = (atMs: number): FrameWriter => ({
  writing: false,
  seq: 0,
  lastFrameAtMs: -Infinity,
  lastHeardAtMs: atMs,
  pendingSinceMs: null,
  told: new Map(),
})

/** Another host screen's frame was heard. */
export function heardFrame(writer: FrameWriter, fromRank: number, myRank: number, atMs: number): FrameWriter {
  if (writer.writing && fromRank > myRank) return writer // it will hear ours and yield
  return { ...writer, writing: false, lastHeardAtMs: atMs, pendingSinceMs: null, told: new Map() }
}

export type Turn = {
  readonly shared: readonly Shared[]
  /** Everybody of the class: the first frame of a writer also says who is not to be shown. */
  readonly everyone: readonly string[]
  /** Place among the host screens that are here, 0 first; `alone`: there is no other. */
  readonly rank: number
  readonly alone: boolean
}
export type Written = {
  readonly writer: FrameWriter
  readonly frame: Frame | null
  /** When to ask again, at the latest, if nothing else happens. */ readonly againAtMs: number | null
}

/** Asked on every beat that arrives, and again at `againAtMs`. */
export function nextFrame(writer: FrameWriter, { shared, everyone, rank, alone }: Turn, atMs: number): Written {
  const news = newsFor(writer, shared, everyone)
  if (news.length === 0) return { writer: { ...writer, pendingSinceMs: null }, frame: null, againAtMs: null }
  const pendingSinceMs = writer.pendingSinceMs ?? atMs
  const mayWriteAt =
    writer.writing || alone ? -Infinity : Math.max(writer.lastHeardAtMs, pendingSinceMs) + TAKE_OVER_MS + rank * TAKE_OVER_STEP_MS
  const dueAtMs = Math.max(mayWriteAt, writer.lastFrameAtMs + FRAME_SPACING_MS)
  if (atMs < dueAtMs) return { writer: { ...writer, pendingSinceMs }, frame: null, againAtMs: dueAtMs }
  const now = news.slice(0, READINGS_PER_FRAME)
  const told = new Map(writer.told)
  for (const { participantId, heardAtMs } of now) told.set(participantId, heardAtMs)
  const more = news.length > now.length
  return {
    writer: { ...writer, writing: true, seq: writer.seq + 1, lastFrameAtMs: atMs, pendingSinceMs: more ? atMs : null, told },
    frame: { seq: writer.seq, readings: now.map(({ entry }) => entry) },
    againAtMs: more ? atMs + FRAME_SPACING_MS : null,
  }
}

/** A member's screen has come: tell it everything with the next frame. */
export const tellAll = (writer: FrameWriter): FrameWriter => ({ ...writer, told: new Map() })

type News = { readonly participantId: string; readonly heardAtMs: number | null; readonly entry: Frame['readings'][number] }

function newsFor(writer: FrameWriter, shared: readonly Shared[], everyone: readonly string[]): News[] {
  const sharing = new Map(shared.map((one) => [one.participantId, one]))
  // "Forget it" goes first: it must not wait behind numbers.
  const stopped = (writer.told.size === 0 && shared.length === 0 ? [] : everyone)
    .filter((participantId) => !sharing.has(participantId) && writer.told.get(participantId) !== null)
    .map((participantId): News => ({
      participantId,
      heardAtMs: null,
      entry: { participantId, ...NOTHING },
    }))
  const heard = shared
    .filter(({ participantId, heardAtMs }) => writer.told.get(participantId) !== heardAtMs)
    .map(({ participantId, beat, heardAtMs }): News => ({ participantId, heardAtMs, entry: entryOf(participantId, beat) }))
  return [...stopped, ...heard]
}

const NOTHING = { bpm: null, percentOfMax: null, zone: null, effort: null, estimated: false } as const
function entryOf(participantId: string, beat: Shared['beat']): Frame['readings'][number] {
  const entry = { participantId, ...NOTHING }
  switch (beat.kind) {
    case 'reading':
      return { ...entry, bpm: beat.bpm, percentOfMax: beat.percentOfMax, zone: beat.zone, estimated: beat.estimated }
    case 'effort':
      return { ...entry, effort: beat.effort }
    case 'motion':
      return { ...entry, effort: beat.effort, moved: { watts: beat.watts, cadence: beat.cadence, speed: beat.speed } }
  }
}
