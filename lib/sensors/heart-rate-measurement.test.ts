import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBatteryLevel } from './battery-level'
import { readHeartRateMeasurement } from './heart-rate-measurement'

const view = (...bytes: number[]) => new DataView(Uint8Array.from(bytes).buffer)
const read = (...bytes: number[]) => readHeartRateMeasurement(view(...bytes))

describe('Heart Rate Measurement (0x2A37)', () => {
  it('reads a real notification: 72 bpm, contact, RR 853/1024 s', () => {
    expect(read(0x16, 72, 0x55, 0x03)).toEqual({ outcome: 'read', bpm: 72, contact: true, energyKj: null, rr: [853] })
  })

  it('reads bpm as u8 and as u16', () => {
    expect(read(0x00, 180)).toMatchObject({ bpm: 180 })
    expect(read(0x01, 0xb4, 0x00)).toMatchObject({ bpm: 180 })
  })

  it('tells no contact from a strap that cannot tell', () => {
    const contacts = [null, null, false, true].map((contact) => ({ contact }))
    expect([0b000, 0b010, 0b100, 0b110].map((flags) => read(flags, 70))).toMatchObject(contacts)
  })

  it('reads energy before RR, and all RR in order', () => {
    const measurement = read(0x18, 140, 0x2c, 0x01, 0x90, 0x01, 0xa0, 0x01)
    expect(measurement).toEqual({ outcome: 'read', bpm: 140, contact: null, energyKj: 300, rr: [400, 416] })
  })

  it('starts at the view’s own offset', () => {
    const bytes = Uint8Array.from([0xff, 0xff, 0x00, 99, 0xff])
    expect(readHeartRateMeasurement(new DataView(bytes.buffer, 2, 2))).toMatchObject({ bpm: 99 })
  })

  it('leaves out RR that no heart has and a cut-off one, and keeps the reading', () => {
    expect(read(0x10, 70, 0x00, 0x00, 0xff, 0xff, 0x55, 0x03, 0x55)).toMatchObject({ bpm: 70, rr: [853] })
  })

  it('refuses what is no heart rate: 0, 300, 251, 24', () => {
    for (const bytes of [[0x00, 0], [0x01, 0x2c, 0x01], [0x00, 251], [0x06, 24]]) {
      expect(read(...bytes)).toEqual({ outcome: 'refused', reason: 'implausible' })
    }
  })

  it('refuses what is cut off', () => {
    for (const bytes of [[], [0x00], [0x01, 70], [0x08, 70], [0x08, 70, 1]]) {
      expect(read(...bytes)).toEqual({ outcome: 'refused', reason: 'truncated' })
    }
  })

  it('gives a sound reading or a refusal for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 32 }), (bytes) => {
        const measurement = readHeartRateMeasurement(new DataView(bytes.buffer))
        if (measurement.outcome === 'refused') return
        expect(measurement.bpm >= 25 && measurement.bpm <= 250).toBe(true)
        expect(measurement.rr.every((rr) => rr >= 205 && rr <= 3072)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

it('Battery Level (0x2A19) is a whole percent or nothing', () => {
  expect([view(87), view(0), view(100), view(101), view(255), view()].map(readBatteryLevel)).toEqual([87, 0, 100, null, null, null])
})
