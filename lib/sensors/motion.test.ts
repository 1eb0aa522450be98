import { describe, expect, it } from 'vitest'
import { readCyclingPowerMeasurement } from './cycling-power-measurement'
import { readIndoorBikeData } from './indoor-bike-data'
import { CYCLING_POWER, INDOOR_BIKE, mergeMotion, MotionMeter, RUNNING, SPEED_CADENCE } from './motion'
import { readRunningMeasurement } from './running-measurement'
import { readSpeedCadenceMeasurement } from './speed-cadence-measurement'

const view = (...bytes: number[]) => new DataView(Uint8Array.from(bytes).buffer)
const hex = (text: string) => view(...text.split(' ').map((byte) => parseInt(byte, 16)))
const u16 = (value: number) => [value & 255, (value >> 8) & 255]
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(Math.floor(value / 65_536))]
const TRUNCATED = { outcome: 'refused', reason: 'truncated' }

describe('Cycling Power Measurement (0x2A63)', () => {
  it('reads power with what comes before and after the crank: balance, torque, wheel, crank', () => {
    expect(readCyclingPowerMeasurement(view(...u16(0b110101), ...u16(214), 100, ...u16(640), ...u32(70_000), ...u16(2_048), ...u16(900), ...u16(1_024)))).toEqual({
      outcome: 'read',
      watts: 214,
      wheel: { count: 70_000, eventTime: 2_048 },
      crank: { count: 900, eventTime: 1_024 },
    })
  })

  it('reads power alone, below zero too, and keeps it when the rest is cut off', () => {
    expect(readCyclingPowerMeasurement(view(0, 0, 0xfb, 0xff))).toMatchObject({ watts: -5, wheel: null, crank: null })
    expect(readCyclingPowerMeasurement(view(0b100000, 0, 200, 0, 1))).toMatchObject({ watts: 200, crank: null })
    for (const bytes of [[], [0], [0, 0], [0, 0, 1]]) expect(readCyclingPowerMeasurement(view(...bytes))).toEqual(TRUNCATED)
  })
})

describe('CSC Measurement (0x2A5B)', () => {
  it('reads wheel and crank, each alone, or neither', () => {
    expect(readSpeedCadenceMeasurement(view(3, ...u32(4_000_000_000), ...u16(513), ...u16(12), ...u16(77)))).toMatchObject({
      wheel: { count: 4_000_000_000, eventTime: 513 },
      crank: { count: 12, eventTime: 77 },
    })
    expect(readSpeedCadenceMeasurement(view(2, ...u16(12), ...u16(77)))).toMatchObject({ wheel: null, crank: { count: 12 } })
    expect(readSpeedCadenceMeasurement(view(0))).toMatchObject({ wheel: null, crank: null })
    for (const bytes of [[], [1, 0, 0, 0], [2, 1, 1, 1]]) expect(readSpeedCadenceMeasurement(view(...bytes))).toEqual(TRUNCATED)
  })
})

describe('RSC Measurement (0x2A53)', () => {
  it('reads 3 m/s at 170 steps a minute', () => {
    expect(readRunningMeasurement(view(0b100, ...u16(768), 170))).toEqual({ outcome: 'read', speed: 3, cadence: 170 })
    for (const bytes of [[], [0, 0], [0, 0, 3]]) expect(readRunningMeasurement(view(...bytes))).toEqual(TRUNCATED)
  })

  it('a pod that counts one foot is doubled; whoever walks is not', () => {
    expect(readRunningMeasurement(view(0, ...u16(768), 85))).toMatchObject({ cadence: 170 })
    expect(readRunningMeasurement(view(0, ...u16(300), 85))).toMatchObject({ cadence: 85 })
  })
})

describe('Indoor Bike Data (0x2AD2)', () => {
  it('reads a published notification: 24.60 km/h, 46 rpm, 79 W, 80 bpm', () => {
    const read = readIndoorBikeData(hex('44 02 9c 09 5c 00 4f 00 50'))
    expect(read).toMatchObject({ outcome: 'read', cadence: 46, watts: 79 })
    expect(read.outcome === 'read' && read.speed).toBeCloseTo(24.6 / 3.6, 10)
  })

  it('reads a console of 21 bytes: distance, resistance in two bytes, power, energy, heart rate, time', () => {
    // 13.40 km/h, 36 rpm, 33 m, resistance 1, 24 W, 2 kcal, 86 bpm, 16 s
    const bytes = [...u16(0x0b74), ...u16(1_340), ...u16(72), 33, 0, 0, 1, 0, 24, 0, 2, 0, 0, 0, 0, 86, 16, 0]
    expect(readIndoorBikeData(view(...bytes))).toMatchObject({ cadence: 36, watts: 24 })
    // The same over a link that carries 20 bytes: its end is missing, and nothing moves.
    expect(readIndoorBikeData(view(...bytes.slice(0, 20)))).toMatchObject({ cadence: 36, watts: 24 })
  })

  it('resistance in one byte is known by the length', () => {
    expect(readIndoorBikeData(view(...u16(0b1100100), ...u16(2_500), ...u16(180), 12, ...u16(205)))).toMatchObject({ cadence: 90, watts: 205 })
    expect(readIndoorBikeData(view(...u16(0b1100100), ...u16(2_500), ...u16(180), ...u16(12), ...u16(205)))).toMatchObject({ cadence: 90, watts: 205 })
  })

  it('a machine that says "no speed" and sends one is known by the length', () => {
    expect(readIndoorBikeData(view(...u16(0b1000101), ...u16(2_500), ...u16(180), ...u16(205)))).toMatchObject({ cadence: 90, watts: 205 })
  })

  it('a split record says what it says, and zeros nothing', () => {
    expect(readIndoorBikeData(view(...u16(0b1000001), ...u16(205)))).toEqual({ outcome: 'read', speed: null, cadence: null, watts: 205 })
    for (const bytes of [[], [0], [0x44, 0x02]]) expect(readIndoorBikeData(view(...bytes))).toEqual(TRUNCATED)
  })
})

describe('a meter of one link', () => {
  const crank = (count: number, ticks: number) => view(2, ...u16(count), ...u16(ticks))
  const wheel = (count: number, ticks: number) => view(1, ...u32(count), ...u16(ticks))
  const csc = (meter: MotionMeter, bytes: DataView, second: number) => meter.hear(SPEED_CADENCE.characteristic, bytes, second * 1_000)

  it('cadence is turns over the time between them: 3 in 2 s are 90 rpm', () => {
    const meter = new MotionMeter()
    expect(csc(meter, crank(10, 0), 0)).toBeNull()
    expect(csc(meter, crank(13, 2_048), 2)).toMatchObject({ cadence: 90, watts: null, speed: null })
  })

  it('turns and time go round their ends, of crank and wheel', () => {
    const meter = new MotionMeter()
    csc(meter, crank(65_535, 65_024), 0)
    expect(csc(meter, crank(2, 1_536), 2)).toMatchObject({ cadence: 90 })
    const other = new MotionMeter()
    csc(other, wheel(4_294_967_294, 65_024), 0)
    // 8 turns in 2 s: 8 × 210.5 cm in 2 s.
    expect(csc(other, wheel(6, 1_536), 2)).toMatchObject({ speed: 842 })
  })

  it('the power service counts its wheel in 1/2048 s and its crank in 1/1024 s', () => {
    const meter = new MotionMeter()
    const said = (turns: number, wheelTicks: number, cranks: number, crankTicks: number) =>
      view(...u16(0b110000), ...u16(180), ...u32(turns), ...u16(wheelTicks), ...u16(cranks), ...u16(crankTicks))
    meter.hear(CYCLING_POWER.characteristic, said(0, 63_488, 100, 64_512), 0)
    expect(meter.hear(CYCLING_POWER.characteristic, said(4, 0, 101, 0), 1_000)).toEqual({ atMs: 1_000, watts: 180, cadence: 60, speed: 842 })
  })

  it('what is said again is no turn; after 2.5 s it is a standstill, and the next turn begins anew', () => {
    const meter = new MotionMeter()
    csc(meter, crank(10, 0), 0)
    csc(meter, crank(11, 1_024), 1)
    expect(csc(meter, crank(11, 1_024), 2)).toBeNull()
    expect(csc(meter, crank(11, 1_024), 3.6)).toMatchObject({ cadence: 0 })
    // More than a round of its clock later: the time between says nothing.
    expect(csc(meter, crank(12, 2_000), 70)).toBeNull()
    expect(csc(meter, crank(13, 3_024), 71)).toMatchObject({ cadence: 60 })
  })

  it('a clock that moves without a turn, and a counter that was reset, give no number', () => {
    const meter = new MotionMeter()
    csc(meter, crank(10, 0), 0)
    expect(csc(meter, crank(10, 512), 0.5)).toBeNull()
    // One turn in the second since the last turn, not in the half since the last notification.
    expect(csc(meter, crank(11, 1_024), 1)).toMatchObject({ cadence: 60 })
    expect(csc(meter, crank(0, 0), 2)).toBeNull()
    expect(csc(meter, crank(1, 1_024), 3)).toMatchObject({ cadence: 60 })
  })

  it('leaves out what nobody does, and keeps the rest; a drift below zero is zero', () => {
    const meter = new MotionMeter()
    const bike = (watts: number, rpm: number) => meter.hear(INDOOR_BIKE.characteristic, view(...u16(0b1000101 & ~1), ...u16(3_000), ...u16(rpm * 2), ...u16(watts)), 0)
    expect(bike(31_000, 90)).toEqual({ atMs: 0, watts: null, cadence: 90, speed: 833 })
    expect(bike(65_533, 400)).toEqual({ atMs: 0, watts: 0, cadence: null, speed: 833 })
    expect(bike(65_000, 90)).toMatchObject({ watts: null })
  })

  it('of two ways to the same number the better counts while it speaks', () => {
    const meter = new MotionMeter()
    const pod = (ms: number) => meter.hear(RUNNING.characteristic, view(0, ...u16(768), 170), ms)
    const bike = (ms: number) => meter.hear(INDOOR_BIKE.characteristic, view(...u16(0b100), ...u16(3_000), ...u16(180)), ms)
    expect(bike(0)).toMatchObject({ cadence: 90 })
    expect(pod(1_000)).toBeNull()
    expect(pod(5_000)).toMatchObject({ cadence: 170, speed: 300 })
    expect(bike(5_500)).toMatchObject({ cadence: 90 })
  })

  it('a record in two notifications is one to whoever puts it together', () => {
    const meter = new MotionMeter()
    const parts = [view(...u16(0b1000001), ...u16(205)), view(...u16(0b100), ...u16(3_000), ...u16(180))]
    const said = parts.map((part, at) => meter.hear(INDOOR_BIKE.characteristic, part, at))
    expect(said).toMatchObject([{ watts: 205, cadence: null }, { watts: null, cadence: 90, speed: 833 }])
    const [first, second] = said
    if (!first || !second) throw new Error('two readings')
    expect(mergeMotion(first, second)).toEqual({ watts: 205, cadence: 90, speed: 833 })
  })
})
