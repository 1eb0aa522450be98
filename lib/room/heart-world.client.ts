import { api, type Api } from '@/lib/platform/api.client'
import type { MotionReading } from '@/lib/sensors/motion'
import type { Sensor } from '@/lib/sensors/sensor'
import { pairingPossible, webBluetoothMotion, webBluetoothSensor } from '@/lib/sensors/web-bluetooth.client'
import { createUplink, type Uplink } from '@/lib/telemetry/uplink.client'
import type { HeartView } from './room-view'

/** Everything outside that a heart's session touches. */
export type HeartWorld = {
  readonly api: Api
  readonly uplink: Pick<Uplink, 'openRecorder' | 'pendingChunks' | 'serverNowMs' | 'subscribe' | 'flush' | 'localRuns' | 'dispose'>
  /** A new strap, not connected yet; null where there is no Bluetooth. */
  strap(rememberedName: string | null): Sensor | null
  /** A new bike, power meter or foot pod, likewise. */
  motion(): Sensor<MotionReading> | null
  replay(file: ArrayBuffer, speed: number): Promise<Sensor>
  /** As far as it is known without asking the browser. */
  readonly pairing: HeartView['pairing']
  askPairing(): Promise<HeartView['pairing']>
  rememberedName(): string | null
  remember(name: string): void
  /** "Hide me" holds for this class in this tab, through a reload, too. */
  wasHidden(classId: string): boolean
  keepHidden(classId: string, hidden: boolean): void
  readonly page: { onFreeze(listener: () => void): () => void }
}

const STRAP = 'pulseroom.strap'
const HIDDEN = 'pulseroom.hidden'

export function browserHeart(): HeartWorld {
  let remembered = stored(() => localStorage.getItem(STRAP))
  return {
    api,
    uplink: createUplink(),
    strap: (rememberedName) => ('bluetooth' in navigator ? webBluetoothSensor({ bluetooth: navigator.bluetooth, rememberedName }) : null),
    motion: () => ('bluetooth' in navigator ? webBluetoothMotion({ bluetooth: navigator.bluetooth }) : null),
    // The decoder is large and few replay a file.
    replay: async (file, speed) => (await import('@/lib/sensors/replay.client')).replaySensor({ file, name: 'Recording', speed }),
    pairing: !isSecureContext
      ? { possible: false, trouble: 'insecure' }
      : 'bluetooth' in navigator
        ? { possible: true }
        : { possible: false, trouble: 'unsupported' },
    askPairing: () => pairingPossible(),
    rememberedName: () => remembered,
    remember(name) {
      remembered = name
      try {
        localStorage.setItem(STRAP, name)
      } catch {
        // Storage is full or switched off: it is remembered for this page only.
      }
    },
    wasHidden: (classId) => stored(() => sessionStorage.getItem(HIDDEN)) === classId,
    keepHidden(classId, hidden) {
      try {
        if (hidden) sessionStorage.setItem(HIDDEN, classId)
        else sessionStorage.removeItem(HIDDEN)
      } catch {
        // Storage is switched off: it holds until the page goes.
      }
    },
    page: {
      onFreeze(listener) {
        document.addEventListener('freeze', listener)
        return () => document.removeEventListener('freeze', listener)
      },
    },
  }
}

function stored(read: () => string | null): string | null {
  try {
    return read()
  } catch {
    return null
  }
}
