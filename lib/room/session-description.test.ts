import { expect, test } from 'vitest'
import { trimDescription, wantedCodecs } from './session-description'

test('a description carries opus, VP8, plain H.264 and retransmission, whatever the browser knows', () => {
  const offered = [
    { mimeType: 'video/AV1' },
    { mimeType: 'video/H264', sdpFmtpLine: 'level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f' },
    { mimeType: 'video/H264', sdpFmtpLine: 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42E01F' },
    { mimeType: 'video/H264', sdpFmtpLine: 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=640032' },
    { mimeType: 'video/rtx' },
    { mimeType: 'video/VP8' },
    { mimeType: 'video/red' },
  ]
  expect(wantedCodecs('video', offered)).toEqual([offered[5], offered[2], offered[4]])
  const opus = { mimeType: 'audio/opus', sdpFmtpLine: 'minptime=10;useinbandfec=1' }
  expect(wantedCodecs('audio', [{ mimeType: 'audio/PCMU' }, opus, { mimeType: 'audio/telephone-event' }])).toEqual([opus])
})

test('candidates travel apart from the description', () => {
  const sdp = 'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=candidate:1 1 udp 2 127.0.0.1 5 typ host\r\na=mid:0\r\na=end-of-candidates\r\n'
  expect(trimDescription(sdp)).toBe('v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n')
})
