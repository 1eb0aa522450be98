/** Keeps a description under the 8 kB that one signal may carry: two audio and two video lines with every codec are over 10 kB. */

export type Codec = { readonly mimeType: string; readonly sdpFmtpLine?: string | undefined }

/** H.264 constrained baseline, which every browser decodes, in the one packetisation that they all send. */
const PLAIN_H264 = /profile-level-id=42e01f/i
const isWanted = ({ mimeType, sdpFmtpLine = '' }: Codec): boolean => {
  switch (mimeType.toLowerCase()) {
    case 'audio/opus':
    case 'video/vp8':
    case 'video/rtx':
      return true
    case 'video/h264':
      return PLAIN_H264.test(sdpFmtpLine) && sdpFmtpLine.includes('packetization-mode=1')
    default:
      return false
  }
}

/** Opus; VP8, plain H.264 and retransmission, in this order. Empty where none is known: then the browser's own list stands. */
export function wantedCodecs<T extends Codec>(kind: 'audio' | 'video', offered: readonly T[]): T[] {
  const order = kind === 'audio' ? ['audio/opus'] : ['video/vp8', 'video/h264', 'video/rtx']
  const wanted = offered.filter(isWanted)
  return order.flatMap((mimeType) => wanted.filter((codec) => codec.mimeType.toLowerCase() === mimeType))
}

/** Without the candidates found so far: they travel as signals of their own. */
export const trimDescription = (sdp: string): string =>
  sdp
    .split('\r\n')
    .filter((line) => !line.startsWith('a=candidate:') && line !== 'a=end-of-candidates')
    .join('\r\n')
