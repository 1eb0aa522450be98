import { expect, test, vi } from 'vitest'
import { createApi } from '@/lib/platform/api.client'
import { createCameraChoice } from './camera-choice.client'
import type { CameraReach } from './topology'

function open() {
  const said: string[] = []
  const answers: Array<(ok: boolean) => void> = []
  const choice = createCameraChoice({
    classId: 'cls_1',
    call: createApi(
      (_, init) =>
        new Promise((resolve) => {
          const { cameraReach } = JSON.parse(String(init?.body)) as { cameraReach: CameraReach }
          answers.push((ok) => {
            const me = { participantId: 'par_1', name: 'Ana', role: 'member', seat: 1, cameraReach, heartRateReach: null, left: false, handRaisedAt: null, revision: 0 }
            resolve(ok ? Response.json(me) : new Response('', { status: 500 }))
          })
        }),
    ),
    turnCamera: async (on) => void said.push(`camera ${on}`),
    onNarrowed: (counted) => said.push(`counts ${counted('everyone')}`),
    onTold: ({ cameraReach }) => said.push(`told ${cameraReach}`),
  })
  return { choice, said, answers }
}

test('narrower counts before the server has answered, wider only after', async () => {
  const { choice, said, answers } = open()
  const first = choice.choose('trainer')
  expect(said).toEqual(['counts trainer'])
  answers[0]?.(true)
  await first
  expect(said).toEqual(['counts trainer', 'told trainer', 'camera true'])
  const second = choice.choose('everyone')
  expect(choice.counted('trainer')).toBe('trainer')
  answers[1]?.(true)
  await second
  expect(said.slice(-2)).toEqual(['told everyone', 'camera true'])
  expect(choice.counted('everyone')).toBe('everyone')
})

test('nobody turns the camera off at once; a refused narrowing holds here all the same', async () => {
  const { choice, said, answers } = open()
  const chosen = choice.choose('nobody').catch(() => 'refused')
  await vi.waitFor(() => expect(answers).toHaveLength(1))
  expect(said).toEqual(['counts nobody', 'camera false'])
  answers[0]?.(false)
  expect([await chosen, choice.counted('everyone')]).toEqual(['refused', 'nobody'])
})
