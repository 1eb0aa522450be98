import { hostShape, RUNGS, voiceBps } from './video-policy'
import type { SoundFrom } from './video-room'

/** Of what was measured, the part that a class may count on: the rest is for the other people behind the same line. */
const USABLE = 0.75
/** RTP, SRTP, UDP and IP headers, and what is sent again. */
const OVERHEAD = 1.1

export type UploadVerdict =
  /** The whole class gets a picture of this height, in lines. */
  | { readonly outcome: 'good'; readonly members: number; readonly height: number }
  /** Fewer than the class has places for, at the smallest picture that is good enough. */
  | { readonly outcome: 'fewer'; readonly members: number; readonly height: number; readonly places: number }
  | { readonly outcome: 'too_slow' }

/** What one member takes of the trainer's upload: each gets a picture and a voice of their own. Kilobits a second. */
export const needKbps = (height: (typeof RUNGS)[number]['height'], soundFrom: SoundFrom): number => {
  const rung = RUNGS.find((one) => one.height === height) ?? RUNGS[0]
  return ((rung.bps + voiceBps(soundFrom)) * OVERHEAD) / 1000
}

/** What a measured upload is good for, in a class of `places` members, by the same steps that the room sends in. */
export function uploadVerdict(kbps: number, places: number, soundFrom: SoundFrom): UploadVerdict {
  const usable = kbps * USABLE
  const members = Math.max(1, places)
  const most = hostShape(members, soundFrom).maxHeight
  const fits = RUNGS.findLast(({ height }) => height <= most && members * needKbps(height, soundFrom) <= usable)
  if (fits) return { outcome: 'good', members, height: fits.height }
  const [least] = RUNGS
  const carried = Math.floor(usable / needKbps(least.height, soundFrom))
  return carried > 0 ? { outcome: 'fewer', members: carried, height: least.height, places: members } : { outcome: 'too_slow' }
}
