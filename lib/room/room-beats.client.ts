import { type Board, hostScreens } from './board'
import type { Beat, BeatLink } from './beat'
import { createBeatLatency, heldBackMs } from './beat-latency'
import { createBeatRoute } from './beat-route.client'
import type { RoomSeat } from './room-event'
import { createVideoBeatLink } from './video-beat-link.client'
import type { VideoRoom } from './video-room'

/** Three thousand times need sorting; the wall is drawn many times a second. */
const MEASURE_EVERY_MS = 1_000

/** The beats of one room on one screen, whichever way they come and go. */
export type RoomBeats = Pick<BeatLink, 'send'> & {
  /** `atMs`: when it was heard by this screen's monotonic clock, or should have been where it was held back on the way. */
  receive(listener: (participantId: string, beat: Beat, atMs: number) => void): () => void
  /** Host screens: notification to arrival, p95 of the last minute; null: not known. */
  readonly latencyP95Ms: number | null
  close(): void
}

export function createRoomBeats(
  wire: BeatLink,
  video: VideoRoom | null,
  { screenId, participantId, role }: RoomSeat,
  board: () => Board,
  serverNowMs: () => number | null,
): RoomBeats {
  const direct = video && createVideoBeatLink(video.data, role)
  const latency = createBeatLatency()
  let measured: { readonly atMs: number; readonly p95Ms: number | null } = { atMs: -Infinity, p95Ms: null }
  const route = createBeatRoute({
    wire,
    direct,
    audience: () => ({
      hosts: hostScreens(board()).flatMap(({ screenId: id }) => (id === screenId ? [] : [id])),
      twins: [...board().screens].some(([id, info]) => info.participantId === participantId && id !== screenId),
    }),
  })
  return {
    send: route.send,
    receive: (listener) =>
      route.receive((from, beat) => {
        const [serverMs, atMs] = [serverNowMs(), performance.now()]
        if (role === 'host') latency.heard(beat, serverMs, atMs)
        listener(from, beat, atMs - heldBackMs(beat, serverMs))
      }),
    get latencyP95Ms() {
      const atMs = performance.now()
      if (atMs - measured.atMs >= MEASURE_EVERY_MS) measured = { atMs, p95Ms: latency.p95At(atMs) }
      return measured.p95Ms
    },
    close() {
      route.close()
      direct?.close()
    },
  }
}
