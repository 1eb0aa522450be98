import type { SoundFrom } from './video-room'

/** What a screen sends to one other screen, so that the trainer's picture comes first. Bits a second; `maxHeight` in pixels. */
export type SendShape = {
  readonly maxHeight: number
  readonly maxFramerate: number
  readonly videoBps: number
  readonly audioBps: number
  /** What gives way when the machine or the way is too slow: form is seen in the trainer's picture, presence in a member's. */
  readonly keep: 'size' | 'motion'
}

/** Pictures of members that a host's screen takes; beyond it audio and numbers. */
export const CAMERA_LIMIT = 8

const HOST_UPLINK_BPS = 4_800_000
const HOST_LEAST_BPS = 400_000
const HOST_MOST_BPS = 1_500_000
const THUMB: SendShape = { maxHeight: 180, maxFramerate: 15, videoBps: 150_000, audioBps: 32_000, keep: 'motion' }

/** The host's picture for one of `members`: never under 640×360 and 400 kb/s each, and more while they are few. */
export function hostShape(members: number, soundFrom: SoundFrom): SendShape {
  const share = HOST_UPLINK_BPS / Math.max(1, members)
  return {
    maxHeight: members <= 2 ? 720 : 360,
    maxFramerate: 24,
    videoBps: Math.round(Math.min(HOST_MOST_BPS, Math.max(HOST_LEAST_BPS, share))),
    audioBps: soundFrom === 'speaker' ? 96_000 : 48_000,
    keep: 'size',
  }
}

/** Large enough to see a foot on the wall; one person at a time has it. */
const SPOTLIT: SendShape = { maxHeight: 720, maxFramerate: 24, videoBps: 1_200_000, audioBps: 32_000, keep: 'motion' }

/** A member's picture: a thumb, or while everybody looks at them a large one. */
export const memberShape = (spotlit = false): SendShape => (spotlit ? SPOTLIT : THUMB)

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
