import { z } from 'zod'
import { createListeners } from '@/lib/platform/listeners'
import { Beat, type BeatLink } from './beat'
import { createBeatSieve } from './beat-sieve'
import type { DataPath } from './video-room'

/** What a host's screen answers to each beat, by the same way: it costs nothing, and says that the way stands. */
const Heard = z.object({ heard: z.object({ run: z.string(), seq: z.number().int() }) })
export type Heard = z.infer<typeof Heard>['heard']

export type VideoBeatLink = BeatLink & {
  /** Whether it was handed over to this host screen. */
  sendTo(screenId: string, beat: Beat): boolean
  /** A host's screen has heard a beat of ours. */
  onHeard(listener: (screenId: string, heard: Heard) => void): () => void
  close(): void
}

/** Beats beside the pictures, from a member's screen to each host screen that it is connected to. Members' screens tell each other none. */
export function createVideoBeatLink(data: DataPath, role: 'host' | 'member'): VideoBeatLink {
  const listeners = createListeners<[participantId: string, beat: Beat]>()
  const heardListeners = createListeners<[screenId: string, heard: Heard]>()
  const isNews = createBeatSieve()

  const stop = data.receive((from, said) => {
    if (from.role === role) return
    if (role === 'member') {
      const answer = Heard.safeParse(said)
      if (answer.success) heardListeners.tell(from.screenId, answer.data.heard)
      return
    }
    const beat = Beat.safeParse(said)
    if (!beat.success) return
    const { run, seq } = beat.data
    data.say(from.screenId, { heard: { run, seq } })
    if (isNews(from.participantId, beat.data)) listeners.tell(from.participantId, beat.data)
  })
  const sendTo = (screenId: string, beat: Beat): boolean => role === 'member' && data.say(screenId, beat)

  return {
    sendTo,
    send(beat) {
      for (const screen of data.screens) if (screen.role === 'host') sendTo(screen.screenId, beat)
    },
    receive: listeners.add,
    onHeard: heardListeners.add,
    close() {
      stop()
      listeners.clear()
      heardListeners.clear()
    },
  }
}
