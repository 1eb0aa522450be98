import type { SoundFrom } from './video-room'

/** What a screen sends to one other screen, so that the trainer's picture comes first. Bits a second; `maxHeight` in pixels. */
export type SendShape = {
  readonly maxHeight: number
  readonly maxFramerate: number
  readonly videoBps: number
  readonly audioBps: number
  /** The most that a shared screen may take; its size and pace are `SCREEN`'s. */
  readonly screenBps: number
  /** What gives way when the machine or the way is too slow: form is seen in the trainer's picture, presence in a member's. */
  readonly keep: 'size' | 'motion'
}

/** Pictures of members that a host's screen takes; beyond it audio and numbers. */
export const CAMERA_LIMIT = 8

const HOST_UPLINK_BPS = 4_800_000
const HOST_LEAST_BPS = 400_000
const HOST_MOST_BPS = 1_500_000
/** Beside a shared screen the trainer's picture is shown small: more than this would be thrown away. */
const HOST_BESIDE_SCREEN_BPS = 800_000
const SCREEN_LEAST_BPS = 150_000
const SCREEN_MOST_BPS = 2_500_000
/** Letters stay sharp and the pace gives way. */
export const SCREEN = { maxHeight: 1080, maxFramerate: 15, audioBps: 96_000 } as const
const THUMB: SendShape = { maxHeight: 180, maxFramerate: 15, videoBps: 150_000, audioBps: 32_000, screenBps: 0, keep: 'motion' }
const EACH_TO_EACH_BPS = 600_000
/** Above what goes to the trainer: for five others 320 kb/s each, which carries 360 lines of somebody who moves. */
const SPOTLIT_EACH_BPS = 1_600_000
const LARGE_AMONG_MEMBERS: SendShape = { ...THUMB, maxHeight: 360, maxFramerate: 24, videoBps: 400_000 }

export const voiceBps = (soundFrom: SoundFrom): number => (soundFrom === 'speaker' ? 96_000 : 48_000)

/** What a picture of a height takes to look like one, smallest first. */
export const RUNGS = [
  { height: 360, bps: 400_000 },
  { height: 480, bps: 600_000 },
  { height: 720, bps: 1_200_000 },
] as const
/** A machine encodes once for each member: 720 lines only for a few. */
const FEW = 2

/**
 * The host's picture for one of `members`: never under 640×360 and 400 kb/s each, and more while they are few. A shared screen gets what
 * the picture leaves.
 */
export function hostShape(members: number, soundFrom: SoundFrom, sharing = false): SendShape {
  const share = HOST_UPLINK_BPS / Math.max(1, members)
  const wanted = sharing ? Math.min(share / 2, HOST_BESIDE_SCREEN_BPS) : share
  const videoBps = Math.round(Math.min(HOST_MOST_BPS, Math.max(HOST_LEAST_BPS, wanted)))
  const carried = RUNGS.filter(({ bps, height }) => bps <= videoBps && (height < 720 || members <= FEW)).at(-1)
  return {
    maxHeight: sharing ? 360 : (carried?.height ?? 360),
    maxFramerate: 24,
    videoBps,
    audioBps: voiceBps(soundFrom),
    screenBps: Math.round(Math.min(SCREEN_MOST_BPS, Math.max(SCREEN_LEAST_BPS, share - videoBps))),
    keep: 'size',
  }
}

/** Large enough to see a foot on the wall; one person at a time has it. */
const SPOTLIT: SendShape = { maxHeight: 720, maxFramerate: 24, videoBps: 1_200_000, audioBps: 32_000, screenBps: 0, keep: 'motion' }

/** A member's picture: a thumb, or while everybody looks at them a large one. */
export const memberShape = (spotlit = false): SendShape => (spotlit ? SPOTLIT : THUMB)

/** A member's picture for one of `others` members, beside the one for the trainer; larger while everybody looks at them. */
export function eachToEachShape(others: number, spotlit = false): SendShape {
  const [shape, all] = spotlit ? [LARGE_AMONG_MEMBERS, SPOTLIT_EACH_BPS] : [THUMB, EACH_TO_EACH_BPS]
  return { ...shape, videoBps: Math.round(Math.min(shape.videoBps, all / Math.max(1, others))) }
}

/** How much smaller a picture of `height` is sent; never larger. */
export const scaleDown = (height: number | undefined, maxHeight: number): number => Math.max(1, (height ?? maxHeight) / maxHeight)

/**
 * Whose cameras the host's screen takes: who has a place keeps it while the camera is on, free places go to those who have waited
 * longest.
 *
 * @param wanting in order of waiting
 */
export function cameraPlaces(taken: ReadonlySet<string>, wanting: readonly string[], limit: number = CAMERA_LIMIT): Set<string> {
  const keeping = wanting.filter((one) => taken.has(one)).slice(0, limit)
  const waiting = wanting.filter((one) => !taken.has(one)).slice(0, limit - keeping.length)
  return new Set([...keeping, ...waiting])
}
