import type { Api } from '@/lib/platform/api.client'
import { finalRefusal } from './room-channels.client'
import { RoomSnapshot } from './room-event'

const READ_AGAIN_MS = 2_000

export type StateReader = {
  /** Unless it is being read, or was less than two seconds ago. */
  again(): void
  /** What is being read already may be older than the reason to ask: it is read once more then. */
  now(): void
  /** Something has come that an answer on its way may not know: after that answer it is read once more. */
  outdate(): void
  /** The last answer did not come. */
  readonly missing: boolean
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
  let missing = false
  const again = (): void => {
    if (reading || performance.now() - readAtMs < READ_AGAIN_MS) return
    reading = true
    readAtMs = performance.now()
    call('GET', `/api/classes/${classId}/state`, { reply: RoomSnapshot })
      .then((next) => {
        missing = false
        onSnapshot(next)
      })
      .catch((error: unknown) => {
        const reason = finalRefusal(error)
        missing = reason === null
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
  return {
    again,
    now,
    outdate: () => void (outdated ||= reading),
    get missing() {
      return missing
    },
  }
}
