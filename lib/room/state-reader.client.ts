import type { Api } from '@/lib/platform/api.client'
import { finalRefusal } from './room-channels.client'
import { RoomSnapshot } from './room-event'

const READ_AGAIN_MS = 2_000

export type StateReader = {
  /** Unless it is being read, or was less than two seconds ago. */
  again(): void
  /** What is being read already may be older than the reason to ask: it is read once more then. */
  now(): void
}

/** Reads the state of the class anew, for news that may have been missed. `onRefused` gets an error code that asking again does not change. */
export function createStateReader(
  call: Api,
  classId: string,
  { onSnapshot, onRefused }: { onSnapshot: (next: RoomSnapshot) => void; onRefused: (reason: string) => void },
): StateReader {
  let reading = false
  let readAtMs = -Infinity
  let outdated = false
  const again = (): void => {
    if (reading || performance.now() - readAtMs < READ_AGAIN_MS) return
    reading = true
    readAtMs = performance.now()
    call('GET', `/api/classes/${classId}/state`, { reply: RoomSnapshot })
      .then(onSnapshot)
      .catch((error: unknown) => {
        // Not reached: the next tick, or the next return of the link, asks again.
        const reason = finalRefusal(error)
        if (reason !== null) onRefused(reason)
      })
      .finally(() => {
        reading = false
        if (outdated) now()
      })
  }
  const now = (): void => {
    outdated = reading
    readAtMs = -Infinity
    again()
  }
  return { again, now }
}
