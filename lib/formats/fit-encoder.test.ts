import { Encoder } from '@garmin/fitsdk'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readFit } from './fit'
import { encodeFit, type FitEncoding } from './fit-encoder'
import { writeFit } from './fit-writer'

const [LAP, RECORD, EVENT, HRV] = [19, 20, 21, 78]
const date = fc.integer({ min: 1_000_000_000, max: 3_000_000_000 }).map((second) => new Date(second * 1000))
const perhaps = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined, freq: 2 })
/** Of every kind that we write, with any of its fields there or not: far more shapes than can be known at a time. */
const message = fc.oneof(
  fc.record({
    timestamp: date,
    heartRate: perhaps(fc.nat(254)),
    power: perhaps(fc.nat(65_534)),
    enhancedSpeed: perhaps(fc.double({ min: 0, max: 4_000_000, noNaN: true })),
    enhancedAltitude: perhaps(fc.double({ min: -500, max: 8_000, noNaN: true })),
    fractionalCadence: perhaps(fc.nat(127).map((part) => part / 128)),
    positionLat: perhaps(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 2 })),
  }).map((mesg) => [RECORD, mesg] as const),
  fc.record({ timestamp: date, event: fc.constantFrom('timer', 'lap'), eventType: fc.constantFrom('start', 'stopAll') }).map((mesg) => [EVENT, mesg] as const),
  fc.record({ time: fc.array(fc.integer({ min: 1, max: 65_535 }).map((ms) => ms / 1000), { minLength: 1, maxLength: 5 }) }).map((mesg) => [HRV, mesg] as const),
  fc.record({ messageIndex: fc.nat(2_000), startTime: date, sport: fc.constantFrom('running', 'training'), subSport: perhaps(fc.constant('yoga')) }).map((mesg) => [LAP, mesg] as const),
)

describe('the encoder', () => {
  it('writes what the vendor’s writes, byte for byte: any messages', () => {
    fc.assert(
      fc.property(fc.array(message, { minLength: 150, maxLength: 200 }), fc.string({ minLength: 1, maxLength: 40 }), (messages, productName) => {
        const encoders: [FitEncoding, FitEncoding] = [encodeFit(), new Encoder()]
        for (const encoder of encoders) {
          encoder.onMesg(0, { type: 'activity', manufacturer: 'development', product: 1, productName })
          for (const [mesgNum, mesg] of messages) encoder.onMesg(mesgNum, mesg)
        }
        expect(Buffer.compare(encoders[0].close(), encoders[1].close())).toBe(0)
      }),
      { numRuns: 40 },
    )
  })

  it('and of a real ride', () => {
    const outcome = readFit(readFileSync('tests/fixtures/garmin-edge810-ride-power.fit'))
    if (outcome.outcome === 'refused') throw new Error('does not read')
    expect(Buffer.compare(writeFit(outcome.recording), writeFit(outcome.recording, new Encoder()))).toBe(0)
  }, 30_000)

  it('refuses a word that the profile does not have', () => {
    expect(() => encodeFit().onMesg(LAP, { sport: 'quidditch' })).toThrow('no quidditch')
  })
})
