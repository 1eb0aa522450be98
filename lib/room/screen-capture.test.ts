import { expect, test } from 'vitest'
import { createScreenCapture } from './screen-capture.client'

class FakeTrack {
  readyState: 'live' | 'ended' = 'live'
  contentHint = ''
  onended: (() => void) | null = null
  constructor(readonly kind: string) {}
  stop() {
    this.readyState = 'ended'
  }
  getSettings() {
    return { displaySurface: 'window' }
  }
}
function open(withSound = false) {
  const asked: Array<{ video: FakeTrack; audio: FakeTrack | null; settle(error?: Error): Promise<void> }> = []
  const capture = createScreenCapture(() => undefined, {
    getDisplayMedia: () =>
      new Promise<MediaStream>((resolve, reject) => {
        const video = new FakeTrack('video')
        const audio = withSound ? new FakeTrack('audio') : null
        const all = audio ? [video, audio] : [video]
        asked.push({
          video,
          audio,
          async settle(error) {
            if (error) reject(error)
            else
              resolve({ getTracks: () => all, getVideoTracks: () => [video], getAudioTracks: () => (audio ? [audio] : []) } as Partial<unknown> as MediaStream)
            await new Promise(setImmediate)
          },
        })
      }),
  })
  return { capture, asked }
}

test('nothing is captured before it is asked for; letters stay sharp; our button ends picture and sound', async () => {
  const { capture, asked } = open(true)
  expect([capture.possible, capture.screen, asked.length]).toEqual([true, null, 0])
  void capture.start()
  await asked[0]?.settle()
  expect(capture.screen).toMatchObject({ video: { contentHint: 'detail' }, audio: { contentHint: 'music' }, surface: 'window' })
  capture.stop()
  expect([capture.screen, asked[0]?.video.readyState, asked[0]?.audio?.readyState]).toEqual([null, 'ended', 'ended'])
})

test('stopped in the browser’s own bar it ends here too, with its sound', async () => {
  const { capture, asked } = open(true)
  void capture.start()
  await asked[0]?.settle()
  asked[0]?.video.onended?.()
  expect([capture.screen, capture.problem, asked[0]?.audio?.readyState]).toEqual([null, null, 'ended'])
})

test.each([
  [new DOMException('Permission denied', 'NotAllowedError'), null],
  [new DOMException('Permission denied by system', 'NotAllowedError'), 'blocked'],
  [new DOMException('', 'NotReadableError'), 'failed'],
  [new DOMException('', 'InvalidStateError'), null],
])('%s: a closed question is no trouble', async (error, problem) => {
  const { capture, asked } = open()
  void capture.start()
  await asked[0]?.settle(error)
  expect([capture.screen, capture.problem]).toEqual([null, problem])
})

test('an answer that comes after Stop is let go', async () => {
  const { capture, asked } = open()
  void capture.start()
  capture.stop()
  await asked[0]?.settle()
  expect([capture.screen, asked[0]?.video.readyState]).toEqual([null, 'ended'])
})

test('a browser without screen sharing says so', () => {
  expect(createScreenCapture(() => undefined, {}).possible).toBe(false)
})
