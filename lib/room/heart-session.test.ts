import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createApi } from '@/lib/platform/api.client'
import { CYCLING_POWER, INDOOR_BIKE, MotionMeter, type MotionReading, RUNNING, SPEED_CADENCE } from '@/lib/sensors/motion'
import type { Reading, Sensor, SensorKind, SensorState } from '@/lib/sensors/sensor'
import { QUIET_UPLINK, QUIET_WORLD } from '@/tests/heart-world'
import type { Beat } from './beat'
import type { Attachment } from './heart-attachment'
import { createHeartSession } from './heart-session.client'
import type { HeartWorld } from './heart-world.client'
import type { HeartConsent, TileReading } from './room-view'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A sensor that says what the test says. */
class TestSensor<R> implements Sensor<R> {
  state: SensorState = { state: 'idle' }
  constructor(
    readonly kind: SensorKind,
    private readonly name: string,
  ) {}
  readonly #readings = new Set<(reading: R) => void>()
  readonly #states = new Set<(state: SensorState) => void>()
  async connect() {
    this.become({ state: 'live', name: this.name, batteryPct: 90 })
  }
  disconnect() {
    this.become({ state: 'idle' })
  }
  onReading(listener: (reading: R) => void) {
    this.#readings.add(listener)
    return () => this.#readings.delete(listener)
  }
  onState(listener: (state: SensorState) => void) {
    this.#states.add(listener)
    return () => this.#states.delete(listener)
  }
  become(state: SensorState) {
    this.state = state
    for (const listener of this.#states) listener(state)
  }
  say(reading: R) {
    for (const listener of this.#readings) listener(reading)
  }
}
/** A strap whose heart is the test. */
class TestStrap extends TestSensor<Reading> {
  constructor() {
    super('heart_rate_strap', 'H10')
  }
  beat(bpm: number) {
    this.say({ atMs: performance.now(), bpm, contact: true, rr: [], energyKj: null })
  }
  drop() {
    this.become({ state: 'reconnecting', name: 'H10', trouble: 'out_of_range', attempt: 1, sinceMs: performance.now() })
  }
}

function scene({ classReach = 'everyone' as 'trainer' | 'everyone', answer = () => new Response(null, { status: 204 }) } = {}) {
  const strap = new TestStrap()
  const bike = new TestSensor<MotionReading>('motion_sensor', 'KICKR')
  const record: string[] = []
  let hiddenIn: string | null = null
  const calls: Array<[string, unknown]> = []
  let freeze = () => undefined as void
  const world: HeartWorld = {
    ...QUIET_WORLD,
    api: createApi(async (url, init) => {
      calls.push([`${init?.method} ${String(url)}`, JSON.parse(String(init?.body ?? 'null'))])
      return answer()
    }),
    uplink: {
      ...QUIET_UPLINK,
      openRecorder({ classId, source, keep }) {
        record.push(`open ${classId} ${source} ${keep ? 'kept' : 'local'}`)
        return {
          push: ({ bpm }) => void record.push(String(bpm)),
          pushEffort: (effort) => void record.push(`effort ${effort}`),
          pushMotion: ({ watts, cadence }) => void record.push(`${watts} W ${cadence}`),
          complete: async () => void record.push('complete'),
        }
      },
    },
    strap: () => strap,
    motion: () => bike,
    replay: async () => strap,
    wasHidden: (classId) => hiddenIn === classId,
    keepHidden: (classId, hidden) => void (hiddenIn = hidden ? classId : null),
    page: { onFreeze: (listener) => ((freeze = listener), () => undefined) },
  }
  const heart = createHeartSession(world)
  const beats: Beat[] = []
  const shown: TileReading[] = []
  const asked = new Set<() => void>()
  const twins = new Set<(beat: Beat) => void>()
  const changes = new Set<() => void>()
  const room = {
    classReach,
    workoutEndedAt: null as number | null,
    sendBeat: (beat: Beat) => void beats.push(beat),
    showOwn: (reading: TileReading) => void shown.push(reading),
    onTwin: (listener: (beat: Beat) => void) => (twins.add(listener), () => twins.delete(listener)),
    onAsked: (listener: () => void) => (asked.add(listener), () => asked.delete(listener)),
    subscribe: (listener: () => void) => (changes.add(listener), () => changes.delete(listener)),
  }
  const enter = (more: Partial<Attachment> = {}) =>
    heart.attach({
      classId: 'cls_1',
      participantId: 'par_1',
      trainerId: 'per_t',
      room,
      profile: { birthYear: null, hrmaxBpm: 190, hrrestBpm: null, effortOnly: false },
      consent: null,
      ...more,
    })
  /** What was said, in short: bpm and reach, a machine's figures, or why not. */
  const said = () =>
    beats
      .splice(0)
      .map((beat) => {
        if (beat.kind === 'reading') return `${beat.bpm} ${beat.reach}`
        if (beat.kind === 'motion') return `${beat.watts} W ${beat.cadence} ${beat.speed} ${beat.reach}, heart ${beat.heart}${beat.effort === null ? '' : `, effort ${beat.effort}`}`
        return beat.kind === 'effort' ? `effort ${beat.effort}` : beat.why
      })
  return {
    heart,
    strap,
    bike,
    record,
    calls,
    room,
    beats,
    shown,
    enter,
    said,
    twin: (beat: Beat) => twins.forEach((one) => one(beat)),
    ask: () => asked.forEach((one) => one()),
    change: () => changes.forEach((one) => one()),
    freeze: () => freeze(),
    drawn: () => (vi.advanceTimersByTime(60), heart.view),
  }
}
const TO_ALL: HeartConsent = { live: 'everyone', keep: true, shareSummary: 'summary' }

test('before consent the wearer sees the number, the class hears "pairing", and nothing is written down', async () => {
  const { heart, strap, record, shown, enter, said, drawn } = scene()
  enter()
  await heart.connectStrap()
  strap.beat(120)
  strap.beat(121)
  expect(said()).toEqual(['none', 'pairing'])
  expect(record).toEqual([])
  expect(shown.at(-1)).toMatchObject({ state: 'live', bpm: 121, zone: 2, percentOfMax: 63 })
  expect(drawn().consent).toBeNull()
})

test('with consent the next reading leaves at once and is written down, from then on', async () => {
  const { heart, strap, record, calls, enter, said } = scene()
  enter()
  await heart.connectStrap()
  strap.beat(120)
  await heart.setConsent(TO_ALL)
  expect(calls).toEqual([['POST /api/classes/cls_1/consents', TO_ALL]])
  vi.advanceTimersByTime(1_000)
  strap.beat(121)
  expect(said().at(-1)).toBe('121 everyone')
  expect(record).toEqual(['open cls_1 heart_rate_strap kept', '121'])
})

test('a wider choice waits until it is on record; a narrower one holds at once even if the server is away', async () => {
  let down = false
  const { heart, strap, enter, said, record } = scene({
    answer: () => {
      if (down) throw new TypeError('Failed to fetch')
      return new Response(null, { status: 204 })
    },
  })
  enter({ consent: { ...TO_ALL, live: 'trainer' } })
  await heart.connectStrap()
  strap.beat(120)
  down = true
  await expect(heart.setConsent(TO_ALL)).rejects.toMatchObject({ code: 'unavailable' })
  vi.advanceTimersByTime(1_000)
  strap.beat(121)
  await expect(heart.setConsent({ live: 'me', keep: false, shareSummary: 'no' })).rejects.toMatchObject({ code: 'unavailable' })
  vi.advanceTimersByTime(1_000)
  strap.beat(122)
  expect(said()).toEqual(['none', '120 trainer', '121 trainer', 'private'])
  expect(record).toEqual(['open cls_1 heart_rate_strap kept', '120', '121', 'complete', 'open cls_1 heart_rate_strap local', '122'])
})

test('the class can only narrow', async () => {
  const { heart, strap, enter, said } = scene({ classReach: 'trainer' })
  enter({ consent: TO_ALL })
  await heart.connectStrap()
  strap.beat(120)
  expect(said()).toEqual(['none', '120 trainer'])
})

test('"hide me" is one beat, at once; the record goes on; showing again is the next reading', async () => {
  const { heart, strap, record, enter, said, shown } = scene()
  enter({ consent: TO_ALL })
  await heart.connectStrap()
  strap.beat(120)
  heart.setHidden(true)
  expect(said()).toEqual(['none', '120 everyone', 'hidden'])
  vi.advanceTimersByTime(1_000)
  strap.beat(121)
  expect(said()).toEqual([])
  expect(shown.at(-1)).toMatchObject({ bpm: 121 })
  heart.setHidden(false)
  strap.beat(122)
  expect(said()).toEqual(['122 everyone'])
  expect(record).toEqual(['open cls_1 heart_rate_strap kept', '120', '121', '122'])
})

test('"hide me" outlives the room that was left: back in it, nothing is shown before its owner says so', async () => {
  const { heart, strap, enter, said } = scene()
  const leave = enter({ consent: TO_ALL })
  await heart.connectStrap()
  heart.setHidden(true)
  leave()
  said()
  enter({ consent: TO_ALL })
  strap.beat(120)
  expect(said()).toEqual(['hidden'])
  heart.setHidden(false)
  strap.beat(121)
  expect(said()).toEqual(['121 everyone'])
})

test('a strap that drops is said once, with its reason, and its return at once', async () => {
  const { heart, strap, enter, said, drawn } = scene()
  enter({ consent: TO_ALL })
  await heart.connectStrap()
  strap.beat(120)
  strap.drop()
  strap.drop()
  expect(drawn().sensor.state).toBe('reconnecting')
  vi.advanceTimersByTime(12_000)
  expect(drawn().own).toMatchObject({ state: 'none', why: 'reconnecting' })
  strap.become({ state: 'live', name: 'H10', batteryPct: null })
  strap.beat(125)
  expect(said()).toEqual(['none', '120 everyone', 'reconnecting', '125 everyone'])
})

test('the strap outlives the room: leaving ends the record, the next room begins another under its own consent', async () => {
  const { heart, strap, record, enter, said, drawn } = scene()
  const leave = enter({ consent: TO_ALL })
  await heart.connectStrap()
  strap.beat(120)
  leave()
  strap.beat(121)
  expect(drawn()).toMatchObject({ sensor: { state: 'live' }, consent: null })
  enter({ classId: 'cls_2', consent: null })
  strap.beat(122)
  expect(said()).toEqual(['none', '120 everyone', 'pairing'])
  expect(record).toEqual(['open cls_1 heart_rate_strap kept', '120', 'complete'])
})

test('after the workout the recovery minute is recorded, and no more', async () => {
  const { heart, strap, record, room, change, enter } = scene()
  enter({ consent: TO_ALL })
  await heart.connectStrap()
  strap.beat(150)
  room.workoutEndedAt = Date.now()
  change()
  vi.advanceTimersByTime(64_000)
  strap.beat(120)
  vi.advanceTimersByTime(2_000)
  strap.beat(110)
  expect(record).toEqual(['open cls_1 heart_rate_strap kept', '150', '120', 'complete'])
})

test('pairing anew begins another run', async () => {
  const { heart, strap, record, enter } = scene()
  enter({ consent: TO_ALL })
  await heart.connectStrap()
  strap.beat(120)
  await heart.connectStrap()
  strap.beat(121)
  expect(record).toEqual(['open cls_1 heart_rate_strap kept', '120', 'complete', 'open cls_1 heart_rate_strap kept', '121'])
})

test('an effort is said and recorded where there is no sensor, and repeated for a host’s screen that comes later', () => {
  const { heart, record, enter, said, ask, drawn } = scene()
  enter({ consent: TO_ALL })
  heart.setEffort(7)
  expect(drawn().own).toBeDefined()
  ask()
  expect(said()).toEqual(['none', 'effort 7', 'effort 7'])
  expect(record).toEqual(['open cls_1 effort kept', 'effort 7'])
  vi.advanceTimersByTime(300_000)
  ask()
  expect(said()).toEqual(['none'])
})

test('without an age or a maximum there is no zone; with one said later there is, marked as a guess', async () => {
  vi.setSystemTime(new Date('2026-11-22T12:00:00Z'))
  const { heart, strap, beats, calls, enter, drawn } = scene()
  enter({ consent: TO_ALL, profile: { birthYear: null, hrmaxBpm: null, hrrestBpm: null, effortOnly: false } })
  await heart.connectStrap()
  strap.beat(150)
  expect(beats.at(-1)).toMatchObject({ bpm: 150, zone: null, percentOfMax: null, estimated: false })
  await heart.setProfile({ birthYear: 1986 })
  expect(calls.at(-1)).toEqual(['PATCH /api/profile?classId=cls_1', { birthYear: 1986 }])
  expect(drawn().hrmax).toEqual({ bpm: 180, source: 'estimated' })
  vi.advanceTimersByTime(1_000)
  strap.beat(150)
  expect(beats.at(-1)).toMatchObject({ zone: 4, percentOfMax: 83, estimated: true })
})

test('a page that the system puts to sleep says so', async () => {
  const { heart, strap, enter, said, freeze } = scene()
  enter({ consent: TO_ALL })
  await heart.connectStrap()
  strap.beat(120)
  freeze()
  expect(said().at(-1)).toBe('phone_locked')
})

test('another device’s number is the wearer’s own here too; "hide me" there hides here, until it is taken back there', () => {
  const { heart, enter, twin, said, shown, drawn } = scene()
  enter({ consent: TO_ALL })
  const number = { reach: 'everyone', percentOfMax: 70, zone: 3, estimated: false, contact: true, trend: 'steady' } as const
  twin({ kind: 'reading', run: 'phone', seq: 0, bpm: 133, ...number })
  expect(shown.at(-1)).toMatchObject({ state: 'live', bpm: 133 })
  twin({ kind: 'silence', run: 'phone', seq: 1, why: 'hidden' })
  expect(drawn().hidden).toBe(true)
  expect(said().at(-1)).toBe('hidden')
  twin({ kind: 'silence', run: 'tablet', seq: 0, why: 'none' })
  expect(drawn().hidden).toBe(true)
  twin({ kind: 'reading', run: 'phone', seq: 2, bpm: 134, ...number })
  expect(drawn().hidden).toBe(false)
  expect(said().at(-1)).toBe('none')
  heart.dispose()
})

test('a beat says when its notification came, by the server’s clock', async () => {
  const { heart, strap, beats, enter } = scene()
  enter({ consent: TO_ALL })
  await heart.connectStrap()
  vi.setSystemTime(1_800_000_000_000)
  strap.beat(120)
  expect(beats.at(-1)).toMatchObject({ kind: 'reading', bpm: 120, at: 1_800_000_000_000 })
})

test('a bike beside the strap: under the same consent, merged while fresh, and its watts to the trainer only with a number', async () => {
  const { heart, strap, bike, record, beats, enter, drawn } = scene()
  enter()
  const pedal = (watts: number | null, cadence: number | null) => bike.say({ atMs: performance.now(), watts, cadence, speed: null })
  await heart.connectMotion()
  pedal(205, null)
  expect(record).toEqual([])
  await heart.setConsent({ ...TO_ALL, live: 'me' })
  pedal(207, null)
  pedal(null, 90)
  expect(drawn().motion).toEqual({ sensor: { state: 'live', name: 'KICKR', batteryPct: 90 }, now: { watts: 207, cadence: 90, speed: null } })
  expect(record).toEqual(['open cls_1 motion_sensor kept', '207 W null', 'null W 90'])
  await heart.connectStrap()
  strap.beat(120)
  expect(JSON.stringify(beats)).not.toContain('207')
  await heart.setConsent({ ...TO_ALL, keep: false })
  strap.beat(121)
  expect(beats.at(-1)).toMatchObject({ kind: 'reading', bpm: 121, watts: 207 })
  pedal(210, null)
  expect(record.slice(-2)).toEqual(['open cls_1 motion_sensor local', '210 W null'])
  heart.setHidden(true)
  expect(JSON.stringify(beats.at(-1))).not.toContain('210')
  vi.advanceTimersByTime(5_100)
  expect(heart.view.motion.now).toBeNull()
  heart.disconnectMotion()
  expect(record.at(-1)).toBe('complete')
  expect(drawn().motion).toEqual({ sensor: { state: 'idle' }, now: null })
})

/** A machine's notifications as they come over the air. */
function machine(bike: { say(reading: MotionReading): void }) {
  const meter = new MotionMeter()
  return (characteristic: number, bytes: string) => {
    const reading = meter.hear(characteristic, new DataView(Uint8Array.from(bytes.split(' '), (byte) => parseInt(byte, 16)).buffer), performance.now())
    if (reading) bike.say(reading)
    vi.advanceTimersByTime(1_000)
  }
}
const PUBLISHED_BIKE = '44 02 9c 09 5c 00 4f 00 50'

test.each([
  ['an indoor bike', INDOOR_BIKE, [PUBLISHED_BIKE], '79 W 46 683 everyone, heart none'],
  ['a power meter', CYCLING_POWER, ['00 00 d2 00'], '210 W null null everyone, heart none'],
  // 2 turns in 1,365/1,024 s.
  ['a cadence sensor', SPEED_CADENCE, ['02 0a 00 00 00', '02 0c 00 55 05'], 'null W 90 null everyone, heart none'],
  ['a foot pod', RUNNING, ['04 00 03 aa'], 'null W 170 300 everyone, heart none'],
])('%s without a strap speaks for itself', async (_what, { characteristic }, notifications, expected) => {
  const { heart, bike, enter, said, shown } = scene()
  enter({ consent: TO_ALL })
  await heart.connectMotion()
  const hear = machine(bike)
  for (const bytes of notifications) hear(characteristic, bytes)
  expect(said().at(-1)).toBe(expected)
  expect(shown.at(-1)).toMatchObject({ state: 'moving', stale: false, heart: 'none' })
})

test('a machine alone: nothing before consent, nothing for "only me" or "hide me", and no beat that no notification made', async () => {
  const { heart, bike, enter, said, ask, shown, drawn } = scene({ classReach: 'trainer' })
  enter()
  await heart.connectMotion()
  const hear = machine(bike)
  hear(INDOOR_BIKE.characteristic, PUBLISHED_BIKE)
  expect(said()).toEqual(['none', 'pairing'])
  expect(drawn().own).toMatchObject({ state: 'moving', watts: 79 })
  await heart.setConsent({ ...TO_ALL, live: 'me' })
  expect(said()).toEqual(['private'])
  hear(INDOOR_BIKE.characteristic, PUBLISHED_BIKE)
  expect(said()).toEqual([])
  await heart.setConsent(TO_ALL)
  ask()
  expect(said(), 'an old figure told again would pass for a new one').toEqual([])
  hear(INDOOR_BIKE.characteristic, PUBLISHED_BIKE)
  expect(said()).toEqual(['79 W 46 683 trainer, heart none'])
  heart.setHidden(true)
  hear(INDOOR_BIKE.characteristic, PUBLISHED_BIKE)
  expect(said()).toEqual(['hidden'])
  heart.setHidden(false)
  heart.setEffort(7)
  hear(INDOOR_BIKE.characteristic, PUBLISHED_BIKE)
  expect(said()).toEqual(['79 W 46 683 trainer, heart none, effort 7'])
  bike.become({ state: 'reconnecting', name: 'KICKR', trouble: 'out_of_range', attempt: 1, sinceMs: performance.now() })
  expect(said(), 'its last figures age by themselves').toEqual([])
  vi.advanceTimersByTime(4_000)
  expect(shown.at(-1)).toMatchObject({ state: 'moving', stale: true })
  heart.disconnectMotion()
  expect(said()).toEqual(['effort 7'])
})

test('a strap that drops or touches no skin leaves its place to the machine, and takes it back', async () => {
  const { heart, strap, bike, enter, said, shown, freeze } = scene()
  enter({ consent: TO_ALL })
  await heart.connectMotion()
  await heart.connectStrap()
  const hear = machine(bike)
  strap.beat(140)
  hear(INDOOR_BIKE.characteristic, PUBLISHED_BIKE)
  said()
  strap.drop()
  hear(INDOOR_BIKE.characteristic, PUBLISHED_BIKE)
  strap.drop()
  expect(said()).toEqual(['79 W 46 683 everyone, heart reconnecting'])
  expect(shown.at(-1)).toMatchObject({ state: 'moving', stale: false, watts: 79, heart: 'reconnecting' })
  await strap.connect()
  strap.beat(0)
  hear(INDOOR_BIKE.characteristic, PUBLISHED_BIKE)
  expect(said()).toEqual(['79 W 46 683 everyone, heart contact'])
  strap.beat(141)
  hear(INDOOR_BIKE.characteristic, PUBLISHED_BIKE)
  expect(said()).toEqual(['141 everyone'])
  expect(shown.at(-1)).toMatchObject({ state: 'live', bpm: 141, watts: 79 })
  heart.disconnect()
  hear(INDOOR_BIKE.characteristic, PUBLISHED_BIKE)
  freeze()
  expect(said()).toEqual(['79 W 46 683 everyone, heart none', 'phone_locked'])
})

test('a machine that is given up while the strap is lost takes its figures along, on the own tile as in the class', async () => {
  const { heart, strap, bike, enter, said, shown } = scene()
  enter({ consent: TO_ALL })
  await heart.connectMotion()
  await heart.connectStrap()
  strap.beat(140)
  strap.drop()
  machine(bike)(INDOOR_BIKE.characteristic, PUBLISHED_BIKE)
  expect(shown.at(-1)).toMatchObject({ state: 'moving', watts: 79 })
  said()
  heart.disconnectMotion()
  expect(said()).toEqual(['reconnecting'])
  expect(shown.at(-1)).not.toMatchObject({ state: 'moving', stale: false })
})
