import { createListeners } from '@/lib/platform/listeners'
import type { Realtime, RealtimeSubscription } from '@/lib/platform/realtime.client'
import { Beat, type BeatLink } from './beat'
import { createBeatSieve } from './beat-sieve'
import { channels, CLIENT_BEAT } from './room-event'

export type PusherBeatLink = BeatLink & {
  /** Host screens: whose channels to listen to; asked for in one call. Beats of those no longer named stop. */
  follow(participantIds: readonly string[]): void
  /** Everybody's channel is another one from now on. */
  move(epoch: number): void
  close(): void
}

/** Beats as client events on each member's private channel, where only that member's and host screens may listen. */
export function createPusherBeatLink(
  realtime: Realtime,
  me: { readonly participantId: string; readonly epoch: number },
  /** The way for own beats stands, at first and after each reconnect. */
  onReady: () => void = () => undefined,
): PusherBeatLink {
  const listeners = createListeners<[participantId: string, beat: Beat]>()
  const followed = new Map<string, RealtimeSubscription>()
  let { epoch } = me
  const isNews = createBeatSieve()

  const open = (participantId: string, onJoined?: () => void): RealtimeSubscription =>
    realtime.subscribe(channels.member(participantId, epoch), {
      ...(onJoined && { onJoined }),
      on: {
        [CLIENT_BEAT]: (data) => {
          const beat = Beat.safeParse(data)
          if (beat.success && isNews(participantId, beat.data)) listeners.tell(participantId, beat.data)
        },
      },
    })
  let own = open(me.participantId, onReady)

  return {
    send: (beat) => void own.send(CLIENT_BEAT, beat),
    receive: listeners.add,
    follow(participantIds) {
      const wanted = new Set(participantIds)
      wanted.delete(me.participantId)
      for (const [participantId, subscription] of followed) {
        if (wanted.has(participantId)) continue
        subscription.close()
        followed.delete(participantId)
      }
      for (const participantId of wanted) if (!followed.has(participantId)) followed.set(participantId, open(participantId))
    },
    move(to) {
      epoch = to
      own.close()
      own = open(me.participantId, onReady)
      for (const [participantId, before] of followed) {
        before.close()
        followed.set(participantId, open(participantId))
      }
    },
    close() {
      listeners.clear()
      own.close()
      for (const subscription of followed.values()) subscription.close()
      followed.clear()
    },
  }
}
