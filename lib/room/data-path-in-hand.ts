import { createListeners } from '@/lib/platform/listeners'
import type { PeerScreen } from './topology'
import type { DataPath } from './video-room'

type Said = Parameters<Parameters<DataPath['receive']>[0]>

/** For tests: data paths between some screens of one class, which the test can cut. What is said arrives at once. */
export function dataPathsInHand(screens: readonly PeerScreen[]) {
  const listeners = new Map(screens.map(({ screenId }) => [screenId, createListeners<Said>()]))
  /** `cut`: nothing is handed over any more. `mute`: it seems to be, and does not arrive. */
  const broken = new Map<string, 'cut' | 'mute'>()
  const path = (me: PeerScreen): DataPath => {
    const stands = (other: string): boolean => broken.get(me.screenId) !== 'cut' && broken.get(other) !== 'cut'
    return {
      get screens() {
        return screens.filter(({ screenId, role }) => role !== me.role && stands(screenId))
      },
      say(to, data) {
        if (!stands(to) || !listeners.has(to)) return false
        const text = JSON.stringify(data)
        if (!broken.has(me.screenId) && !broken.has(to)) listeners.get(to)?.tell(me, JSON.parse(text))
        return true
      },
      receive: (listener) => listeners.get(me.screenId)?.add(listener) ?? (() => undefined),
    }
  }
  return {
    path,
    break: (screenId: string, how: 'cut' | 'mute') => void broken.set(screenId, how),
    mend: (screenId: string) => void broken.delete(screenId),
  }
}
