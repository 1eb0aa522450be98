import { trendOf } from '@/lib/physiology/trend'
import type { Beat, Frame } from './beat'
import { hear, NOTHING_HEARD, readingAt, wordAt, type Heard, type MemberHeart } from './member-heart'
import type { ParticipantInfo, RoomEvent, ScreenInfo } from './room-event'
import { STALE_MS, type Presence, type Tile, type TileReading } from './room-view'
import type { RemoteMedia } from './video-room'

/**
 * What one screen knows about the people of its class: a pure reducer over what it was told and heard. `atMs` is this screen's
 * monotonic clock at arrival; nothing here trusts another clock. Several screens of one person are one tile.
 */
export type Board = {
  readonly me: string
  readonly viewer: 'host' | 'member'
  readonly classReach: 'trainer' | 'everyone'
  readonly members: ReadonlyMap<string, Member>
  readonly screens: ReadonlyMap<string, ScreenInfo>
  /** Participants whom the trainer removed. A screen of theirs may stay on the channel; it is nobody's. */
  readonly removed: ReadonlySet<string>
  /** Last frame number of each writing screen: frames come once, in order. */
  readonly frameSeqs: ReadonlyMap<string, number>
  readonly framesHeard: number
  /** Since when no host screen was here; null while one is. */
  readonly hostGoneAtMs: number | null
}
type Member = {
  readonly info: ParticipantInfo
  readonly heart: MemberHeart
  /** When the last screen of this person vanished; null while one is here. */
  readonly goneAtMs: number | null
}
export type Screen = { readonly screenId: string; readonly info: ScreenInfo }

export type BoardEvent =
  | { readonly type: 'snapshot'; readonly participants: readonly ParticipantInfo[]; readonly atMs: number }
  | { readonly type: 'room-event'; readonly event: RoomEvent; readonly atMs: number }
  /** Everybody who is here, on each (re)subscription. */
  | { readonly type: 'screens'; readonly screens: readonly Screen[]; readonly atMs: number }
  | { readonly type: 'screen-in'; readonly screen: Screen; readonly atMs: number }
  | { readonly type: 'screen-out'; readonly screenId: string; readonly atMs: number }
  | { readonly type: 'beat'; readonly participantId: string; readonly beat: Beat; readonly atMs: number }
  | { readonly type: 'frame'; readonly from: string; readonly frame: Frame; readonly atMs: number }

/** A screen that vanished is "reconnecting" for this long, unless the server says that the person left. */
export const AWAY_MS = 5 * 60_000
/** Frames leave at most once a second, so a shared number may be that much older before it is called stale. */
export const FRAME_SPACING_MS = 1_000
/** A tile's line of the last minute moves on this often: beside a number of each second nobody sees more, and each step is laid out and painted. */
const LINE_STEP_MS = 5_000

export function emptyBoard(me: string, viewer: 'host' | 'member', classReach: 'trainer' | 'everyone', atMs: number): Board {
  return { me, viewer, classReach, members: new Map(), screens: new Map(), removed: new Set(), frameSeqs: new Map(), framesHeard: 0, hostGoneAtMs: atMs }
}

export function reduceBoard(board: Board, event: BoardEvent): Board {
  switch (event.type) {
    case 'snapshot': {
      const members = new Map(
        event.participants.filter(({ participantId }) => !board.removed.has(participantId)).map((info) => [info.participantId, told(board, info, event.atMs)]),
      )
      return { ...board, members }
    }
    case 'room-event':
      return afterRoomEvent(board, event.event, event.atMs)
    case 'screens':
      return settle({ ...board, screens: new Map(event.screens.filter(({ info }) => !board.removed.has(info.participantId)).map(({ screenId, info }) => [screenId, info])) }, event.atMs)
    case 'screen-in': {
      if (board.removed.has(event.screen.info.participantId)) return board
      return settle({ ...board, screens: new Map(board.screens).set(event.screen.screenId, event.screen.info) }, event.atMs)
    }
    case 'screen-out': {
      const screens = new Map(board.screens)
      screens.delete(event.screenId)
      return settle({ ...board, screens }, event.atMs)
    }
    case 'beat':
      return changeMember(board, event.participantId, (member) => ({ ...member, heart: hear(member.heart, event.beat, event.atMs) }))
    case 'frame':
      return afterFrame(board, event.from, event.frame, event.atMs)
  }
}

/** A screen of somebody whom no snapshot or event has named: the state must be read again. */
export const hasStrangers = (board: Board): boolean =>
  [...board.screens.values()].some(({ participantId }) => !board.members.has(participantId))

/** By what the server said last of them. */
export const hasLeft = (board: Board, participantId: string): boolean => board.members.get(participantId)?.info.left === true

/** Somebody but the trainer has, or had, a place. */
export const hasMember = (board: Board): boolean => [...board.members.values()].some(({ info }) => info.role === 'member')

export const hostScreens = (board: Board): Screen[] =>
  [...board.screens]
    .filter(([, info]) => info.role === 'host')
    .map(([screenId, info]) => ({ screenId, info }))
    .sort((a, b) => a.info.since - b.info.since || (a.screenId < b.screenId ? -1 : 1))

/** A person's number as the class may see it: only if their own beat, the server and the class all say "everyone". */
export type Shared = {
  readonly participantId: string
  readonly beat: Exclude<Beat, { kind: 'silence' }>
  readonly heardAtMs: number
}
export function sharedAt(board: Board, atMs: number): Shared[] {
  if (board.classReach !== 'everyone') return []
  const shared: Shared[] = []
  for (const [participantId, { info, heart }] of board.members) {
    const spoken = wordAt(heart, atMs)
    if (!spoken || spoken.beat.kind === 'silence' || spoken.beat.reach !== 'everyone' || info.left) continue
    if (info.heartRateReach === 'me' || info.heartRateReach === 'trainer') continue
    if (readingAt(heart, atMs, 'here').state !== 'none') shared.push({ participantId, beat: spoken.beat, heardAtMs: spoken.atMs })
  }
  return shared
}

/** What the wall or the room draws now, in seat order. `remotes` are the pictures and voices that arrive, by screen; `only`: of these people. */
export function tilesAt(board: Board, atMs: number, own: TileReading | null, remotes: readonly RemoteMedia[], only: ReadonlySet<string> | null = null): Tile[] {
  return [...board.members.values()]
    .filter(({ info }) => only === null || only.has(info.participantId))
    .map((member): Tile => {
      const { participantId, name, role, seat, cameraReach, handRaisedAt } = member.info
      const me = participantId === board.me
      const presence = me ? 'here' : presenceOf(member, atMs)
      const reading = me && own ? own : readingOf(board, member, presence, atMs)
      const media = me ? null : mediaOf(board, remotes, participantId)
      return { participantId, name, role, seat, me, presence, cameraReach, handRaisedAt, reading, media }
    })
    .filter((tile) => board.viewer === 'host' || tile.me || tile.role === 'host' || isShown(tile))
    .sort((a, b) => a.seat - b.seat)
}

/** Another member, to a member: only who shows something. */
const isShown = ({ presence, reading, media, cameraReach }: Tile): boolean =>
  presence !== 'left' && (reading.state !== 'none' || (media !== null && cameraReach === 'everyone'))

function presenceOf({ info, goneAtMs }: Member, atMs: number): Presence {
  if (info.left) return 'left'
  if (goneAtMs === null) return 'here'
  return atMs - goneAtMs >= AWAY_MS ? 'left' : 'reconnecting'
}

/**
 * The one screen of a person that plays sound, may talk and shows its camera: the newest that does more than wear the strap. The others
 * would echo. `null`: none of theirs is here.
 */
export function mainScreen(board: Board, participantId: string): string | null {
  const [newest] = [...board.screens]
    .filter(([, info]) => info.participantId === participantId && !info.sensor)
    .sort(([a, one], [b, other]) => other.since - one.since || (a < b ? 1 : -1))
  return newest?.[0] ?? null
}

/** Of several screens of one person the main one, else one with a picture, else one that is connected. */
function mediaOf(board: Board, remotes: readonly RemoteMedia[], participantId: string): RemoteMedia | null {
  const all = remotes.filter((remote) => remote.participantId === participantId)
  if (all.length === 0) return null
  const main = mainScreen(board, participantId)
  const chosen = all.find(({ screenId }) => screenId === main)
  if (chosen) return chosen
  return all.find(({ video }) => video !== null) ?? all.find(({ connection }) => connection === 'connected') ?? all[0] ?? null
}

export const staleMsOn = ({ viewer }: Pick<Board, 'viewer'>): number => (viewer === 'host' ? STALE_MS : STALE_MS + FRAME_SPACING_MS)

function readingOf(board: Board, { info, heart }: Member, presence: Presence, atMs: number): TileReading {
  // The server may know a narrower choice than the last beat does; the narrower one counts.
  if (info.heartRateReach === 'me') return { state: 'none', why: 'private', sinceMs: null }
  return readingAt(heart, atMs, presence === 'here' ? 'here' : 'away', staleMsOn(board), Math.floor(atMs / LINE_STEP_MS) * LINE_STEP_MS)
}

const hasScreen = (board: Board, participantId: string): boolean =>
  [...board.screens.values()].some((info) => info.participantId === participantId)
/** What the server says of somebody, unless a newer word of theirs was here first. */
function told(board: Board, info: ParticipantInfo, atMs: number): Member {
  const known = board.members.get(info.participantId)
  if (!known) return { info, heart: NOTHING_HEARD, goneAtMs: hasScreen(board, info.participantId) ? null : atMs }
  return info.revision < known.info.revision ? known : { ...known, info }
}

function changeMember(board: Board, participantId: string, change: (member: Member) => Member): Board {
  const member = board.members.get(participantId)
  return member ? { ...board, members: new Map(board.members).set(participantId, change(member)) } : board
}

/** After the screens changed: who is without one, and since when. */
function settle(board: Board, atMs: number): Board {
  const members = new Map(
    [...board.members].map(([id, member]) => [id, { ...member, goneAtMs: hasScreen(board, id) ? null : (member.goneAtMs ?? atMs) }]),
  )
  const hostHere = [...board.screens.values()].some(({ role }) => role === 'host')
  return { ...board, members, hostGoneAtMs: hostHere ? null : (board.hostGoneAtMs ?? atMs) }
}

function afterRoomEvent(board: Board, event: RoomEvent, atMs: number): Board {
  switch (event.type) {
    case 'participant-joined':
    case 'participant-changed':
    case 'participant-left': {
      const { participant: info } = event
      if (board.removed.has(info.participantId)) return board
      return { ...board, members: new Map(board.members).set(info.participantId, told(board, info, atMs)) }
    }
    case 'participant-removed': {
      const members = new Map(board.members)
      members.delete(event.participantId)
      const screens = new Map([...board.screens].filter(([, info]) => info.participantId !== event.participantId))
      return { ...board, members, screens, removed: new Set(board.removed).add(event.participantId) }
    }
    default:
      return board
  }
}

function afterFrame(board: Board, from: string, frame: Frame, atMs: number): Board {
  const role = board.screens.get(from)?.role
  const last = board.frameSeqs.get(from)
  // A frame counts only when a host's screen sent it; the host's own screens hear the beats themselves.
  if (role !== 'host' || board.viewer === 'host' || (last !== undefined && frame.seq <= last)) return board
  const seq = board.framesHeard + 1
  const numbered = { run: 'frames', seq }
  let next: Board = { ...board, framesHeard: seq, frameSeqs: new Map(board.frameSeqs).set(from, frame.seq) }
  for (const entry of frame.readings) {
    next = changeMember(next, entry.participantId, (member) => {
      const said = saidBy(entry, numbered, member.heart.heard, atMs)
      return { ...member, heart: hear(member.heart, said, atMs) }
    })
  }
  return next
}

/** One entry of a frame as the beat that it stands for. */
function saidBy(entry: Frame['readings'][number], numbered: Pick<Beat, 'run' | 'seq'>, heard: readonly Heard[], atMs: number): Beat {
  const { bpm, percentOfMax, zone, effort, estimated, moved } = entry
  const shared = { ...numbered, reach: 'everyone' } as const
  if (bpm !== null) return { kind: 'reading', ...shared, bpm, percentOfMax, zone, estimated, contact: null, trend: trendOf([...heard, { atMs, bpm }], atMs) }
  if (moved) return { kind: 'motion', ...shared, ...moved, effort, heart: 'none' }
  return effort === null ? { kind: 'silence', ...numbered, why: 'hidden' } : { kind: 'effort', ...shared, effort }
}
