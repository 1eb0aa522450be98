import { createListeners } from '@/lib/platform/listeners'
import { after } from '@/lib/platform/steady-timer.client'
import type { Beat, BeatLink } from './beat'
import { createBeatSieve } from './beat-sieve'
import type { VideoBeatLink } from './video-beat-link.client'

/** Who is here that should hear a member's beats. */
export type BeatAudience = {
  /** The host screens, by presence. */
  readonly hosts: readonly string[]
  /** Another screen of this person: it hears by the class's realtime service alone. */
  readonly twins: boolean
}
export type BeatRoute = BeatLink & { close(): void }

/** An answer takes one round trip. Whoever has not answered by then is told by the realtime service, within a second of the notification. */
export const ANSWER_MS = 600

/**
 * Two ways as one. A beat goes beside the pictures to every host screen, which answers; while all of them answer, it goes nowhere else
 * and costs no message. Where one does not, has no connection, or nobody is seen at all, the same beat goes by `wire` too, and
 * whoever hears it twice knows it by its number. What was not heard in time is not lost: the newest is said again by `wire`, once.
 */
export function createBeatRoute({
  wire,
  direct,
  audience,
}: {
  readonly wire: BeatLink
  /** Null where no video port carries data. */
  readonly direct: VideoBeatLink | null
  readonly audience: () => BeatAudience
}): BeatRoute {
  const listeners = createListeners<[participantId: string, beat: Beat]>()
  const isNews = createBeatSieve()
  /** Host screens that answered in time when they were last asked. */
  const answering = new Set<string>()
  /** Beats whose answers are waited for, oldest first, each with the host screens that have not given theirs. */
  const pending = new Set<{ readonly beat: Beat; readonly silent: Set<string>; readonly cancel: () => void }>()
  /** The newest beat that went by `direct` alone. */
  let unwired: Beat | null = null

  const hear = (participantId: string, beat: Beat): void => {
    if (isNews(participantId, beat)) listeners.tell(participantId, beat)
  }
  const stops = [
    wire.receive(hear),
    direct?.receive(hear),
    direct?.onHeard((screenId, { run, seq }) => {
      for (const { beat, silent } of pending) {
        // An answer that comes too late finds nobody waiting: a way this slow does not stand.
        if (beat.run !== run || beat.seq > seq || !silent.delete(screenId)) continue
        answering.add(screenId)
      }
    }),
  ]

  function sendByWire(beat: Beat): void {
    unwired = null
    wire.send(beat)
  }

  /** Says it beside the pictures; returns the host screens to which it was handed over. Whoever does not answer is asked alone no more. */
  function sendDirect(hosts: readonly string[], beat: Beat): readonly string[] {
    if (!direct) return []
    const silent = new Set(hosts)
    const cancel = after(ANSWER_MS, () => {
      pending.delete(one)
      for (const id of silent) answering.delete(id)
      // A screen that has gone meanwhile needs nothing.
      if (unwired && audience().hosts.some((id) => silent.has(id))) sendByWire(unwired)
    })
    const one = { beat, silent, cancel }
    pending.add(one)
    const asked = hosts.filter((id) => direct.sendTo(id, beat))
    for (const id of hosts) if (!asked.includes(id)) silent.delete(id)
    if (asked.length > 0) return asked
    cancel()
    pending.delete(one)
    return []
  }

  return {
    send(beat) {
      const { hosts, twins } = audience()
      const alone = hosts.length > 0 && !twins && hosts.every((id) => answering.has(id))
      const asked = sendDirect(hosts, beat)
      for (const id of answering) if (!asked.includes(id)) answering.delete(id)
      if (alone && asked.length === hosts.length) unwired = beat
      else sendByWire(beat)
    },
    receive: listeners.add,
    close() {
      for (const stop of stops) stop?.()
      for (const { cancel } of pending) cancel()
      pending.clear()
      listeners.clear()
    },
  }
}
