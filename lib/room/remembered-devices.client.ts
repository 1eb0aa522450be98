import { z } from 'zod'

/** Which camera and microphone this browser's person chose, and where their sound comes from. For this browser alone. */
export const RememberedDevices = z.object({
  cameraId: z.string().max(200).nullable().catch(null),
  microphoneId: z.string().max(200).nullable().catch(null),
  soundFrom: z.enum(['headset', 'speaker']).catch('headset'),
})
export type RememberedDevices = z.infer<typeof RememberedDevices>

const KEY = 'pulseroom.devices'
const NONE: RememberedDevices = { cameraId: null, microphoneId: null, soundFrom: 'headset' }
type Store = Pick<Storage, 'getItem' | 'setItem'>

/** Storage may be refused to a page: then nothing is remembered, and nothing fails. */
export function rememberedDevices(store: () => Store = () => localStorage): RememberedDevices {
  try {
    return RememberedDevices.parse(JSON.parse(store().getItem(KEY) ?? '{}'))
  } catch {
    return NONE
  }
}

export function rememberDevices(change: Partial<RememberedDevices>, store: () => Store = () => localStorage): void {
  try {
    store().setItem(KEY, JSON.stringify({ ...rememberedDevices(store), ...change }))
  } catch {
    // Full or refused.
  }
}
