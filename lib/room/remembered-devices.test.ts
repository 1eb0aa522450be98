import { expect, test } from 'vitest'
import { rememberDevices, rememberedDevices } from './remembered-devices.client'

const NONE = { cameraId: null, microphoneId: null, soundFrom: 'headset' }
function shelf(held: string | null = null) {
  const store = { getItem: () => held, setItem: (_: string, value: string) => void (held = value) }
  return () => store
}

test('one choice at a time is remembered', () => {
  const store = shelf()
  rememberDevices({ cameraId: 'cam1' }, store)
  rememberDevices({ soundFrom: 'speaker' }, store)
  expect(rememberedDevices(store)).toEqual({ cameraId: 'cam1', microphoneId: null, soundFrom: 'speaker' })
})

test('nonsense, and storage that is refused, are as if nothing was chosen', () => {
  const refused = () => {
    throw new DOMException('', 'SecurityError')
  }
  rememberDevices({ cameraId: 'x' }, refused)
  for (const store of [shelf('{'), shelf('7'), refused]) expect(rememberedDevices(store)).toEqual(NONE)
  expect(rememberedDevices(shelf('{"soundFrom":"moon","cameraId":"a"}'))).toEqual({ ...NONE, cameraId: 'a' })
})
