import { isPlausibleBpm } from '@/lib/physiology/plausible-heart-rate'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { randomCode } from '@/lib/platform/id'
import type { MotionReading } from '@/lib/sensors/motion'
import type { Reading, Sensor, SensorState } from '@/lib/sensors/sensor'
import type { Beat } from './beat'
import { startPacer } from './beat-pacer'
import { recordClass, type ClassRecording } from './class-recording'
import { paceWord, wordForClass, type Word } from './class-word'
import type { Attachment, Heart } from './heart-attachment'
import { hrmaxNow, numberNow } from './heart-number'
import { browserHeart, type HeartWorld } from './heart-world.client'
import { EFFORT_STANDS_MS, hear, NOTHING_HEARD, readingAt, type MemberHeart } from './member-heart'
import { createMotionPart } from './motion-part.client'
import type { HeartConsent, HeartProfile, HeartView } from './room-view'
import { narrowed, silenceOf, type SensorSilence } from './sensor-silence'
import { createViewStore } from './view-store'

const TICK_MS = 1_000
const DRAW_MS = 50
const NO_PROFILE: HeartProfile = { birthYear: null, sex: null, hrmaxBpm: null, hrrestBpm: null, effortOnly: false }
const REACH = { me: 0, trainer: 1, everyone: 2 } as const

/**
 * From the sensor to the wearer's own number, the record and the class. Make one for the tab, above the routes: the sensor outlives the
 * rooms. Nothing leaves the device before consent; what was said last holds for what comes next.
 */
export function createHeartSession(world: HeartWorld = browserHeart()): Heart {
  const { api: call, uplink, page } = world
  const at = () => performance.now()
  let sensor: Sensor | null = null
  let stopSensor: () => void = () => undefined
  let sensorState: SensorState = { state: 'idle' }
  let attached: (Attachment & { readonly recording: ClassRecording; readonly stop: () => void }) | null = null
  let profile = NO_PROFILE
  let consent: HeartConsent | null = null
  let hidden = false
  /** The strap touches no skin. */
  let loose = false
  /** Runs of this person's other devices that said "hide me". */
  const hiddenBy = new Set<string>()
  let own: MemberHeart = NOTHING_HEARD
  let ownSeq = 0
  let effort: { readonly value: number; readonly atMs: number } | null = null
  let pairing = world.pairing
  let pacer = startPacer(randomCode(8))

  const ownReading = () => readingAt(own, at(), 'here')
  const motion = createMotionPart({
    make: () => world.motion(),
    onReading: onMotion,
    onCut: () => attached?.recording.cutMotion(),
    onState: onMachine,
  })

  const store = createViewStore(look, DRAW_MS)
  const timer = setInterval(draw, TICK_MS)
  const stops = [
    uplink.subscribe(() => store.draw()),
    // A page that the system puts to sleep hears no strap; the trainer should read why.
    page.onFreeze(() => speak({ kind: 'silence', why: 'phone_locked' })),
    () => clearInterval(timer),
  ]
  void world.askPairing().then((found) => {
    pairing = found
    store.draw()
  })

  function look(): HeartView {
    return {
      pairing,
      rememberedName: world.rememberedName(),
      sensor: sensorState,
      motion: motion.view,
      own: ownReading(),
      profile,
      hrmax: hrmaxNow(profile),
      consent,
      hidden,
      pendingChunks: uplink.pendingChunks(),
    }
  }
  function draw(): void {
    attached?.room.showOwn(ownReading())
    store.draw()
  }

  /** Own tile first: it needs nobody's leave. `beat` as if it had been sent to everyone, to ourselves. */
  function showOwn(word: Word): void {
    const numbered = { run: 'self', seq: (ownSeq += 1) }
    const beat: Beat = word.kind === 'silence' ? { ...word, ...numbered } : { ...word, ...numbered, reach: 'trainer' }
    own = hear(own, beat, at())
    draw()
  }

  const standingEffort = () => (effort && at() - effort.atMs < EFFORT_STANDS_MS ? effort.value : null)
  const noHeart = (): SensorSilence | null => silenceOf(sensorState) ?? (loose ? 'contact' : null)
  /** Server time of a notification, where it is known. */
  function stamp(atMs: number): { readonly at?: number } {
    const serverMs = uplink.serverNowMs()
    return serverMs === null ? {} : { at: Math.round(serverMs - (at() - atMs)) }
  }

  /** What the class may hear now. `live`: what a sensor has just said. */
  function speak(live: Word | null = null): void {
    if (!attached) return
    const reach = consent && narrowed(consent.live, attached.room.classReach)
    const { sensor: machine, now: moves } = motion.view
    const standing = { hidden, reach, heart: noHeart(), machine: silenceOf(machine), moving: moves !== null, effort: standingEffort() }
    const word = wordForClass(standing, live)
    const { pacer: next, beat } = word ? paceWord(pacer, word, reach ?? 'me', at()) : { pacer, beat: null }
    pacer = next
    if (beat) attached.room.sendBeat(beat)
  }
  /** No heart is heard. What a machine says stands in its place. */
  function showQuiet(why: SensorSilence | null): void {
    if (why === null || motion.view.now !== null) return
    const byHand = why === 'none' ? standingEffort() : null
    showOwn(byHand === null ? { kind: 'silence', why } : { kind: 'effort', effort: byHand })
  }

  /** Somebody may have missed the last word. */
  function speakAgain(): void {
    pacer = { ...pacer, last: null }
    speak()
  }

  /** Another device of this person speaks. Its number is their own here too; "hide me" on one holds on all until it is taken back. */
  function hearTwin(beat: Beat): void {
    if (beat.kind === 'silence' && beat.why === 'hidden') {
      hiddenBy.add(beat.run)
      if (!hidden) setHidden(true)
    } else if (hiddenBy.delete(beat.run) && hidden) setHidden(false)
    if (beat.kind === 'silence') return
    own = hear(own, beat, at())
    draw()
  }

  function setHidden(next: boolean): void {
    hidden = next
    if (attached) world.keepHidden(attached.classId, next)
    speak()
    draw()
  }
  function onReading(reading: Reading): void {
    if (!sensor) return
    const label = sensorState.state === 'live' || sensorState.state === 'reconnecting' ? sensorState.name : ''
    attached?.recording.reading(sensor.kind, label, reading)
    loose = !isPlausibleBpm(reading.bpm)
    if (loose) {
      showQuiet('contact')
      return speak()
    }
    const watts = motion.view.now?.watts ?? null
    const heard = numberNow(reading, hrmaxNow(profile), own.heard, at())
    const number: Word = { kind: 'reading', ...heard, ...stamp(reading.atMs), ...(watts !== null && { watts }) }
    effort = null
    showOwn(number)
    speak(number)
  }

  function onMotion(label: string, reading: MotionReading): void {
    attached?.recording.motion(label, reading)
    const [now, heart] = [motion.view.now, noHeart()]
    if (now === null || heart === null) return store.draw()
    const moved: Word = { kind: 'motion', ...now, heart, effort: standingEffort(), ...stamp(reading.atMs) }
    showOwn(moved)
    speak(moved)
  }

  function onState(state: SensorState): void {
    sensorState = state
    if (state.state !== 'live') loose = false
    if (state.state === 'live' && state.name !== '' && sensor?.kind === 'heart_rate_strap') world.remember(state.name)
    if (state.state === 'failed') attached?.recording.cutSensor()
    showQuiet(silenceOf(state))
    speak()
    draw()
  }

  /** A machine that came, was lost or given up. While its last figures count they age by themselves. */
  function onMachine(): void {
    showQuiet(noHeart())
    if (motion.view.now === null) speak()
    draw()
  }

  function connect(next: Sensor): Promise<void> {
    if (next !== sensor) {
      giveUp()
      sensor = next
      const ends = [next.onReading(onReading), next.onState(onState)]
      stopSensor = () => ends.forEach((end) => end())
    } else {
      // Paired anew: another run, and the strap's own memory of which chooser to show.
      next.disconnect()
      attached?.recording.cutSensor()
    }
    return next.connect()
  }

  function giveUp(): void {
    stopSensor()
    stopSensor = () => undefined
    sensor?.disconnect()
    sensor = null
    attached?.recording.cutSensor()
    onState({ state: 'idle' })
  }

  /** What was said last holds for what comes next: for the class, and for the record. */
  function apply(next: HeartConsent | null): void {
    consent = next
    attached?.recording.allow(next ? next.keep : null)
    speak()
    draw()
  }

  function followWorkout(): void {
    const endedAt = attached?.room.workoutEndedAt ?? null
    if (endedAt !== null) attached?.recording.workoutEnded(Math.max(0, (uplink.serverNowMs() ?? now()) - endedAt))
  }

  return {
    get view() {
      return store.view
    },
    subscribe: store.subscribe,
    connectStrap() {
      const strap = sensor?.kind === 'heart_rate_strap' ? sensor : world.strap(world.rememberedName())
      if (strap) return connect(strap)
      giveUp()
      onState({ state: 'failed', trouble: pairing.possible ? 'unsupported' : pairing.trouble, name: null })
      return Promise.resolve()
    },
    async connectReplay(file, speed) {
      await connect(await world.replay(file, speed))
    },
    disconnect: giveUp,
    connectMotion: () => motion.connect(),
    disconnectMotion: () => motion.disconnect(),
    async setConsent(next) {
      if (!attached) throw new AppError('conflict', 'Open the class first; the choice is made for its trainer.')
      const here = attached
      // Narrower holds from this moment, whatever the network does; wider waits until it is on record.
      if (consent)
        apply({ ...next, live: REACH[next.live] < REACH[consent.live] ? next.live : consent.live, keep: next.keep && consent.keep })
      await call('POST', `/api/classes/${here.classId}/consents`, { body: next })
      if (attached !== here) return
      apply(next)
      void uplink.flush().catch(() => undefined)
    },
    setHidden,
    setEffort(value) {
      effort = { value, atMs: at() }
      attached?.recording.effort(value, at())
      // Where a sensor delivers, its number stands; the effort is written down beside it.
      if (silenceOf(sensorState) !== null && motion.view.now === null) showOwn({ kind: 'effort', effort: value })
      speak()
    },
    async setProfile(change) {
      profile = { ...profile, ...change }
      draw()
      if (attached) await call('PATCH', `/api/profile?classId=${encodeURIComponent(attached.classId)}`, { body: change })
    },
    attach(attachment) {
      attached?.stop()
      const { classId, participantId, room } = attachment
      const recording = recordClass(uplink, classId, participantId)
      const ends = [room.onAsked(speakAgain), room.onTwin(hearTwin), room.subscribe(followWorkout)]
      const stop = () => {
        if (attached?.recording !== recording) return
        for (const end of ends) end()
        recording.end()
        attached = null
        consent = null
        hidden = false
        draw()
      }
      attached = { ...attachment, recording, stop }
      profile = attachment.profile
      hidden = world.wasHidden(classId)
      pacer = startPacer(randomCode(8))
      apply(attachment.consent)
      followWorkout()
      return stop
    },
    serverNowMs: () => uplink.serverNowMs(),
    localRuns: (classId) => uplink.localRuns(classId),
    dispose() {
      giveUp()
      motion.disconnect()
      attached?.stop()
      for (const stop of [...stops, store.close]) stop()
      void uplink.dispose()
    },
  }
}
