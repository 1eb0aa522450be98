import { createListeners } from '@/lib/platform/listeners'
import { after, every } from '@/lib/platform/steady-timer.client'
import { keepPresent } from '@/lib/telemetry/presence.client'
import type { Beat } from './beat'
import { emptyBoard, hasLeft, hasMember, hasStrangers, reduceBoard, type BoardEvent } from './board'
import { createBoardWriter } from './board-writer.client'
import { createClassFrames } from './class-frames.client'
import { hostActions } from './host-actions.client'
import type { LiveRoom, RoomSessionOptions } from './live-room.client'
import { refusedPhase } from './refused-phase'
import { createRoomBeats } from './room-beats.client'
import { openRoomChannels } from './room-channels.client'
import type { ParticipantInfo, RoomEvent, RoomSnapshot } from './room-event'
import { createOwnMedia } from './own-media.client'
import { createOwnPart } from './own-part.client'
import { createRehearsal } from './rehearsal-session.client'
import { factsOf } from './room-facts'
import { createRoomNews } from './room-news.client'
import { createRoomTiles, DRAW_MS, ROOM_EVERY_MS } from './room-tiles'
import type { RoomPhase, RoomView, TileReading } from './room-view'
import { browserWorld } from './room-world.client'
import { createSignalOutbox } from './signal-outbox.client'
import { createStateReader } from './state-reader.client'
import { createViewStore } from './view-store'


/** One class on one screen: starts by itself, mends itself, and says all it knows in `view`. */
export function createRoomSession(options: RoomSessionOptions): LiveRoom {
  const { snapshot, seat, iceServers, wantsVideo, serverNowMs, sensor = false } = options
  const { api: call, connect, video: openVideo, awake, page } = { ...browserWorld(), ...options.world }
  const { participantId, screenId, role } = seat
  const { classId } = snapshot
  const base = `/api/classes/${classId}` as const
  const at = () => performance.now()
  const draw = (): void => store.draw()
  const asked = createListeners()
  const twins = createListeners<[Beat]>()
  const news = createRoomNews()
  const stops: Array<() => void> = []

  let board = emptyBoard(participantId, role, snapshot.heartRateReach, at())
  let facts = factsOf(snapshot)
  let phase: RoomPhase = { phase: 'entering' }
  let downSinceMs: number | null = at()
  let ownReading: TileReading | null = null
  let mutedByHost = 0
  let over = false

  const state = createStateReader(call, classId, { onSnapshot, onRefused })
  const outbox = createSignalOutbox(call, classId, seat)
  const video = wantsVideo && !sensor ? openVideo({ me: { screenId, participantId, role }, iceServers, sendSignal: outbox.send }) : null
  const wire = openRoomChannels((authorize) => connect(options.realtime, authorize), call, classId, { ...seat, sensor }, snapshot.epoch, {
    onJoined,
    onMoved: () => state.now(),
    onRefused,
    onDown,
    onHere(screens) {
      know({ type: 'screens', screens, atMs: at() })
      frames?.tellAll()
      asked.tell()
    },
    onIn(screen) {
      know({ type: 'screen-in', screen, atMs: at() })
      // The news that they came back may have been missed.
      if (hasLeft(board, screen.info.participantId)) state.now()
      // Whoever comes knows nothing yet: a host's screen of the silences and efforts, a member's of the numbers shared.
      if (screen.info.role === 'host') asked.tell()
      else frames?.tellAll()
    },
    onOut(gone) {
      know({ type: 'screen-out', screenId: gone, atMs: at() })
      // A class that seems to have gone may have moved on to a new channel, and the word of it been lost.
      if (board.hostGoneAtMs !== null || board.screens.size <= 1) state.again()
    },
    onRoomEvent,
    onFrame(from, frame) {
      know({ type: 'frame', from, frame, atMs: at() })
      frames?.heard(from)
    },
    onSignal: (envelope) => video?.receiveSignal(envelope),
    onBeatsReady: asked.tell,
  })
  const beats = createRoomBeats(wire.beats, video, seat, () => board, serverNowMs)
  const boards = role === 'host' ? createBoardWriter({ classId, screenId, subscribe: wire.subscribe, news, snapshot, board: () => board }) : null
  // Where numbers stay with the trainer there is nothing to tell the class.
  const frames = role === 'host' && snapshot.heartRateReach === 'everyone' ? createClassFrames(screenId, () => board, wire.sendFrame) : null
  const wakeLock = awake(draw)
  const media = createOwnMedia(video, call, classId, {
    draw,
    onNarrowed: (counted) => knowMe((me) => ({ ...me, cameraReach: counted(me.cameraReach) })),
    onTold: (told) => knowMe(() => told),
  })
  const part = createOwnPart({ seat, sensor, video, media, onPart: options.onPart })
  const rehearsal = createRehearsal(draw)
  const tiles = createRoomTiles(
    (atMs) => ({ board, own: ownReading, remotes: video?.snapshot.remotes ?? [], sharing: media.sharing, others: rehearsal.tiles(atMs) }),
    after,
    role === 'member' ? draw : undefined,
  )
  const store = createViewStore(look, DRAW_MS, after)

  /** Everything that is learned about the people goes through here. */
  function know(event: BoardEvent): void {
    if (over) return
    board = reduceBoard(board, event)
    if (event.type !== 'beat' && event.type !== 'frame') {
      if (hasMember(board)) rehearsal.stop()
      if (role === 'host')
        wire.beats.follow([...board.members.values()].filter(({ info }) => !info.left).map(({ info }) => info.participantId))
      part.settle(board, facts.eachToEach)
      if (hasStrangers(board)) state.again()
    }
    if (event.type !== 'frame') frames?.consider()
    if (event.type === 'beat') tiles.heard(event.participantId)
    else draw()
  }

  function knowMe(change: (me: ParticipantInfo) => ParticipantInfo): void {
    const me = board.members.get(participantId)?.info
    if (me) know({ type: 'room-event', event: { type: 'participant-changed', participant: change(me) }, atMs: at() })
  }

  function onJoined(): void {
    downSinceMs = null
    // News of the time without a link, also between the page's load and now, is gone for good: the state is read anew.
    state.now()
    if (phase.phase === 'entering') {
      phase = { phase: 'in' }
      return learn(facts)
    }
    video?.hurry()
    draw()
  }

  function onDown(): void {
    downSinceMs ??= at()
    draw()
  }

  function onRefused(reason: string): void {
    end(refusedPhase(reason))
  }

  function onRoomEvent(event: RoomEvent): void {
    know({ type: 'room-event', event, atMs: at() })
    if (event.type === 'participant-joined') state.outdate()
    if (event.type === 'participant-removed' && event.participantId === participantId) end({ phase: 'removed' })
    else if (event.type === 'spotlight-changed') learn({ ...facts, spotlightId: event.participantId })
    else if (event.type === 'participant-removed' || event.type === 'room-moved') wire.move(event.epoch)
    else if (event.type === 'places-changed') learn({ ...facts, waiting: event.waiting })
    else if (event.type === 'workout-ended') learn({ ...facts, workoutEndedAt: event.workoutEndedAt })
    else if (event.type === 'room-closed') learn({ ...facts, closedAt: event.closedAt })
    else if (event.type === 'mute-requested') {
      const meant = event.participantId === null ? role === 'member' : event.participantId === participantId
      if (meant && media.talking) {
        mutedByHost += 1
        void video?.setTalk(false)
      }
    }
    news.event(event)
  }

  function learn(next: RoomView['room']): void {
    facts = next
    video?.setSpotlit(facts.spotlightId === participantId)
    const { closedAt, status, workoutEndedAt } = facts
    if (closedAt !== null || status === 'cancelled') return end({ phase: 'closed' })
    if (workoutEndedAt !== null && phase.phase === 'in') phase = { phase: 'workout-ended', workoutEndedAt }
    draw()
  }

  function onSnapshot(next: RoomSnapshot): void {
    if (over) return
    learn(factsOf(next))
    know({ type: 'snapshot', participants: next.participants, atMs: at() })
    wire.move(next.epoch)
    news.snapshot(next)
  }

  function tick(): void {
    if (!wire.connected) downSinceMs ??= at()
    if (hasStrangers(board) || state.missing) state.again()
    frames?.consider()
    draw()
  }

  function look(): RoomView {
    const atMs = at()
    return {
      phase,
      seat,
      room: facts,
      tiles: tiles.all(),
      sharing: media.sharing,
      offlineMs: downSinceMs === null ? 0 : Math.round(atMs - downSinceMs),
      hostGoneMs: board.hostGoneAtMs === null ? null : Math.round(atMs - board.hostGoneAtMs),
      part: part.part,
      otherScreen: part.otherScreen,
      spotlightId: facts.spotlightId,
      video: video?.snapshot ?? null,
      talking: media.talking,
      cameraOn: media.cameraOn,
      soundFrom: media.soundFrom,
      mutedByHost,
      wakeLock: wakeLock.state,
      rehearsing: rehearsal.on,
      beatLatencyP95Ms: beats.latencyP95Ms,
    }
  }

  /** Nothing more comes or goes; what is known stays drawn. */
  function end(last: RoomPhase): void {
    if (over) return
    over = true
    phase = last
    for (const stop of stops.splice(0)) stop()
    // Whoever was removed is heard no more, and the others know: their goodbyes would be refused.
    if (last.phase === 'removed') outbox.close()
    video?.leave()
    for (const part of [outbox, frames, boards, beats, wire, wakeLock]) part?.close()
    rehearsal.stop()
    store.drawNow()
    store.close()
    tiles.close()
  }

  function start(): void {
    stops.push(
      every(ROOM_EVERY_MS, tick),
      keepPresent({ api: call, classId, serverNowMs, page, billed: () => wire.billed + (boards?.billed ?? 0) }),
      page.listen((event) => {
        if (event !== 'online') return
        wire.hurry()
        video?.hurry()
      }),
      beats.receive((from, beat, atMs) => {
        if (role === 'host') know({ type: 'beat', participantId: from, beat, atMs })
        else twins.tell(beat)
      }),
    )
    if (!video) return
    stops.push(video.subscribe(draw))
    void video.join()
    if (snapshot.participants.find((one) => one.participantId === participantId)?.cameraReach !== 'nobody') void media.setCamera(true)
  }

  know({ type: 'snapshot', participants: snapshot.participants, atMs: at() })
  learn(facts)
  if (!over) start()

  return {
    get view() {
      return store.view
    },
    subscribe: store.subscribe,
    newestTiles: tiles.newest,
    setTalk: (on) => media.setTalk(on && part.part === 'main'),
    setCamera: (on) => media.setCamera(on && part.part === 'main'),
    setCameraReach: media.setCameraReach,
    setSoundFrom: media.setSoundFrom,
    setShare: media.setShare,
    showNumbersWhileSharing: media.showNumbersWhileSharing,
    async leave() {
      // The person stays where another screen of theirs stays.
      if (part.otherScreen) return end(phase)
      // Whoever wants to go goes; unheard, the class takes the screen for a lost one.
      const told = call('POST', `${base}/leave`, { body: { screenId }, keepalive: true }).catch(() => undefined)
      end(phase)
      await told
    },
    ...hostActions(call, classId),
    rehearse(on) {
      if (on && role === 'host' && !hasMember(board)) rehearsal.start()
      else rehearsal.stop()
    },
    news,
    dispose() {
      end(phase)
      asked.clear()
    },
    classReach: snapshot.heartRateReach,
    get workoutEndedAt() {
      return facts.workoutEndedAt
    },
    sendBeat(beat) {
      if (over) return
      beats.send(beat)
      // The link does not echo; a host's own number belongs on the board that is written to the class.
      if (role === 'host') know({ type: 'beat', participantId, beat, atMs: at() })
    },
    showOwn(next) {
      ownReading = next
      draw()
    },
    onAsked: asked.add,
    onTwin: twins.add,
    videoStats: () => video?.stats() ?? Promise.resolve([]),
  }
}
