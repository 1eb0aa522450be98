import { expect, test } from 'vitest'
import { createLocalMedia } from './local-media.client'

class FakeTrack {
  readyState: 'live' | 'ended' = 'live'
  contentHint = ''
  onended: (() => void) | null = null
  stop() {
    this.readyState = 'ended'
  }
}

/** A device that opens when the test lets it. */
function fakeDevices() {
  const asked: Array<{ constraints: MediaStreamConstraints | undefined; track: FakeTrack; settle(error?: string): Promise<void> }> = []
  const getUserMedia = (constraints?: MediaStreamConstraints) =>
    new Promise<MediaStream>((resolve, reject) => {
      const track = new FakeTrack()
      asked.push({
        constraints,
        track,
        async settle(error) {
          if (error) reject(new DOMException('', error))
          else resolve({ getTracks: () => [track] } as Partial<MediaStream> as MediaStream)
          await new Promise(setImmediate)
        },
      })
    })
  return { asked, devices: { getUserMedia } }
}
function open(role: 'host' | 'member' = 'member') {
  const { asked, devices } = fakeDevices()
  let changes = 0
  const media = createLocalMedia({ role, devices, onChange: () => (changes += 1) })
  return { asked, media, changes: () => changes }
}

test('nothing is captured before it is asked for; off stops the capture', async () => {
  const { asked, media } = open()
  expect(asked).toHaveLength(0)
  void media.setCamera(true)
  await asked[0]?.settle()
  expect(media.tracks.camera).toBe(asked[0]?.track)
  expect(media.tracks.microphone).toBeNull()
  await media.setCamera(false)
  expect([media.tracks.camera, asked[0]?.track.readyState]).toEqual([null, 'ended'])
})

test('the last word wins while the browser’s question is still open', async () => {
  const { asked, media } = open()
  void media.setMicrophone(true)
  await media.setMicrophone(false)
  await asked[0]?.settle()
  expect([media.tracks.microphone, asked[0]?.track.readyState]).toEqual([null, 'ended'])
})

test.each([
  ['NotAllowedError', 'denied'],
  ['SecurityError', 'denied'],
  ['NotFoundError', 'missing'],
  ['OverconstrainedError', 'missing'],
  ['NotReadableError', 'in_use'],
  ['AbortError', 'in_use'],
])('%s is said as %s, and asking again may succeed', async (error, problem) => {
  const { asked, media } = open()
  void media.setCamera(true)
  await asked[0]?.settle(error)
  expect(media.tracks).toMatchObject({ camera: null, cameraProblem: problem, microphoneProblem: null })
  void media.setCamera(true)
  await asked[1]?.settle()
  expect(media.tracks).toMatchObject({ camera: asked[1]?.track, cameraProblem: null })
})

test('an unplugged device is reported, not shown as a still picture', async () => {
  const { asked, media, changes } = open()
  void media.setCamera(true)
  await asked[0]?.settle()
  const before = changes()
  asked[0]?.track.onended?.()
  expect(media.tracks).toMatchObject({ camera: null, cameraProblem: 'ended' })
  expect(changes()).toBe(before + 1)
})

test('without devices (plain http) it says so', async () => {
  const saved = Object.getOwnPropertyDescriptor(globalThis, 'navigator')
  Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true })
  const media = createLocalMedia({ role: 'member', onChange: () => undefined })
  await media.setCamera(true)
  expect(media.tracks.cameraProblem).toBe('insecure')
  if (saved) Object.defineProperty(globalThis, 'navigator', saved)
})

test('a speaker in the room is captured without noise suppression and gain control; a change while talking captures anew', async () => {
  const { asked, media } = open('host')
  await media.setSoundFrom('speaker')
  expect(asked).toHaveLength(0)
  void media.setMicrophone(true)
  await asked[0]?.settle()
  expect(asked[0]?.constraints).toEqual({ audio: { echoCancellation: true, noiseSuppression: false, autoGainControl: false } })
  void media.setSoundFrom('headset')
  // The old capture ends first: a second one on an open device would get no echo cancellation.
  expect(asked[0]?.track.readyState).toBe('ended')
  await asked[1]?.settle()
  expect(asked[1]?.constraints).toEqual({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } })
  expect(media.tracks.microphone).toBe(asked[1]?.track)
})
