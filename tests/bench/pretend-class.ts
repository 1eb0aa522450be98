import { Hub, type Member, type Subscriber } from '@/lib/local/realtime-hub.server'
import { channelSignature } from '@/lib/local/realtime-signature.server'
import { Beat } from '@/lib/room/beat'
import { type Board, emptyBoard, reduceBoard, sharedAt } from '@/lib/room/board'
import { type FrameWriter, nextFrame, startWriter, tellAll } from '@/lib/room/frame-writer'
import { CLIENT_BEAT, CLIENT_FRAME, channels } from '@/lib/room/room-event'

const APP = { key: 'key', secret: 'secret' }
const [BEFORE_MEMBER = '', AFTER_MEMBER = ''] = channels.member('?', 0).split('?')

/**
 * A class on pretended time: the realtime door's own hub, one trainer's screen with the real board and frame writer behind it, and
 * members' screens that only receive.
 */
export class PretendClass {
  readonly classId = 'cls_pretended'
  readonly hostScreen = 'scr_host'
  readonly #hub = new Hub(APP, () => undefined)
  readonly #host: Subscriber
  readonly #screens = new Map<string, Subscriber>()
  #board: Board
  #writer: FrameWriter = startWriter(0)
  #atMs = 0
  #frames = 0
  /** As over a real socket, what was sent is heard after the sending is done (and counted). */
  #arrived: Buffer[] = []
  #sockets = 0

  constructor(
    classReach: 'trainer' | 'everyone',
    readonly memberIds: readonly string[],
  ) {
    const empty = emptyBoard('par_host', 'host', classReach, 0)
    const participants = memberIds.map((participantId, seat) => ({
      ...{ participantId, name: participantId, role: 'member' as const, seat: seat + 1, cameraReach: 'trainer' as const },
      ...{ heartRateReach: classReach, left: false, handRaisedAt: null, revision: 0 },
    }))
    this.#board = reduceBoard(empty, { type: 'snapshot', participants, atMs: 0 })
    this.#host = this.#socket((frame) => void this.#arrived.push(frame))
    this.#enter(this.#host, channels.room(this.classId, 0), this.hostScreen)
    this.#enter(this.#host, channels.readers(this.classId), this.hostScreen)
    this.#enter(this.#host, channels.screen(this.hostScreen))
    this.#enter(this.#host, channels.member('par_host', 0))
    for (const id of memberIds) this.#enter(this.#host, channels.member(id, 0))
  }

  join(participantId: string): void {
    const socket = this.#socket(() => undefined)
    this.#screens.set(participantId, socket)
    this.#enter(socket, channels.member(participantId, 0))
    this.#enter(socket, channels.room(this.classId, 0), `scr_${participantId}`)
    this.#enter(socket, channels.screen(`scr_${participantId}`))
    // Whoever comes knows nothing yet.
    this.#writer = tellAll(this.#writer)
  }

  leave(participantId: string): void {
    const socket = this.#screens.get(participantId)
    if (socket) this.#hub.leaveAll(socket)
    this.#screens.delete(participantId)
  }

  /** The server tells a channel. */
  publish(channel: string, event: string): void {
    this.#hub.traffic.publishes += 1
    this.#hub.publish(channel, event, '{}')
  }

  /** A member's screen says something to whoever listens. */
  say(participantId: string, channel: string, event: string, data: unknown, atMs: number): void {
    this.#atMs = atMs
    const socket = this.#screens.get(participantId)
    if (socket) this.#hub.clientEvent(socket, channel, event, data, true)
    for (const frame of this.#arrived.splice(0)) this.#hear(frame)
  }

  counts(): { billed: number; frames: number } {
    // As the door adds them up, without webhooks.
    return { billed: Object.values(this.#hub.traffic).reduce((sum, count) => sum + count, 0), frames: this.#frames }
  }

  #socket(send: (frame: Buffer) => void): Subscriber {
    this.#sockets += 1
    return { socketId: `1.${this.#sockets}`, channels: new Map<string, Member | null>(), userId: null, send, close: () => undefined }
  }

  #enter(socket: Subscriber, channel: string, screenId?: string): void {
    const channelData = screenId === undefined ? undefined : JSON.stringify({ user_id: screenId, user_info: {} })
    this.#hub.subscribe(socket, { channel, auth: channelSignature(APP, socket.socketId, channel, channelData), channelData })
  }

  /** The trainer's screen hears a beat, and writes a frame if one is due. */
  #hear(frame: Buffer): void {
    const { event, channel, data } = JSON.parse(frame.toString('utf8')) as { event: string; channel?: string; data?: string }
    if (event !== CLIENT_BEAT || channel === undefined) return
    const participantId = channel.slice(BEFORE_MEMBER.length, -AFTER_MEMBER.length)
    const atMs = this.#atMs
    this.#board = reduceBoard(this.#board, { type: 'beat', participantId, beat: Beat.parse(JSON.parse(data ?? '')), atMs })
    const turn = { shared: sharedAt(this.#board, atMs), everyone: this.memberIds, rank: 0, alone: true }
    const written = nextFrame(this.#writer, turn, atMs)
    this.#writer = written.writer
    if (!written.frame) return
    this.#frames += 1
    this.#hub.clientEvent(this.#host, channels.room(this.classId, 0), CLIENT_FRAME, written.frame, true)
  }
}
