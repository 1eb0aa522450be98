import { CrcCalculator, Decoder, Stream } from '@garmin/fitsdk'
import { describe, expect, it } from 'vitest'
import { readFit } from './fit'
import { expandCompressedTimes } from './fit-compressed-times'

const FIT_EPOCH_SECONDS = 631_065_600
/** 2026-11-22T18:00:00Z, and 29 of a turn of 32 seconds. */
const START = Date.UTC(2026, 10, 22, 18) / 1000 - FIT_EPOCH_SECONDS
const T0 = START - (START % 32) + 29

const bigEndian = (value: number) => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255]
const littleEndian = (value: number) => bigEndian(value).toReversed()
function fileOf(...body: number[]): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array([14, 32, 0x64, 0x08, ...littleEndian(body.length), 0x2e, 0x46, 0x49, 0x54, 0, 0, ...body, 0, 0])
  new DataView(file.buffer).setUint16(file.length - 2, CrcCalculator.calculateCRC(file, 0, file.length - 2), true)
  return file
}
/** Records with a time and a heart rate as local message 0; with a heart rate alone as message 1. */
const WITH_TIME = [0x40, 0, 0, 20, 0, 2, 253, 4, 0x86, 3, 1, 2]
const WITHOUT = [0x41, 0, 0, 20, 0, 1, 3, 1, 2]
const timed = (second: number, bpm: number) => [0, ...littleEndian(T0 + second), bpm]
const compressed = (second: number, bpm: number) => [0x80 | (1 << 5) | ((T0 + second) & 31), bpm]
const plain = (bpm: number) => [1, bpm]

function read(file: Uint8Array) {
  const outcome = readFit(file)
  if (outcome.outcome === 'refused') throw new Error(outcome.reason)
  const { streams, problems, startedAt } = outcome.recording
  return { startedAt: startedAt / 1000 - FIT_EPOCH_SECONDS - T0, second: streams.second, bpm: streams.bpm, problems }
}

describe('times in the header of a message', () => {
  it('count on from the last whole one, over the turn of their five bits', () => {
    const file = fileOf(...WITH_TIME, ...WITHOUT, ...timed(0, 100), ...compressed(1, 101), ...compressed(2, 102), ...compressed(4, 104), ...compressed(33, 133), ...timed(60, 90), ...compressed(61, 91))
    expect(new Decoder(Stream.fromByteArray(file)).read().errors).toHaveLength(1)
    expect(read(file)).toEqual({ startedAt: 0, second: [0, 1, 2, 4, 33, 60, 61], bpm: [100, 101, 102, 104, 133, 90, 91], problems: [] })
    expect(new Decoder(Stream.fromByteArray(expandCompressedTimes(file))).checkIntegrity()).toBe(true)
  })

  it('in big-endian messages, and in turns with headers without a time', () => {
    const definition = [0x41, 0, 1, 0, 20, 2, 3, 1, 2, 7, 2, 0x84]
    const watts = (second: number, bpm: number, power: number) => [...compressed(second, bpm), power >> 8, power & 255]
    const file = fileOf(...WITH_TIME, ...timed(0, 100), ...definition, ...watts(1, 101, 300), 1, 90, 1, 0, ...watts(3, 103, 301))
    const outcome = readFit(file)
    expect(outcome).toMatchObject({ outcome: 'read', recording: { streams: { second: [0, 1, 3], bpm: [100, 101, 103], watts: [null, 300, 301] } } })
    expect(read(file).problems).toEqual(['implausible_times'])
  })

  it('before any whole time cannot be placed, and are said', () => {
    expect(read(fileOf(...WITH_TIME, ...WITHOUT, ...compressed(1, 101), ...timed(2, 102), ...compressed(3, 103)))).toEqual({ startedAt: 2, second: [0, 1], bpm: [102, 103], problems: ['implausible_times'] })
  })

  it('of a cut file: what came before the cut', () => {
    const file = fileOf(...WITH_TIME, ...WITHOUT, ...timed(0, 100), ...compressed(1, 101), ...compressed(2, 102))
    expect(read(file.slice(0, file.length - 3))).toEqual({ startedAt: 0, second: [0, 1], bpm: [100, 101], problems: ['damaged'] })
  })

  it('do not touch a file without them', () => {
    const file = fileOf(...WITH_TIME, ...WITHOUT, ...timed(0, 100), ...plain(101))
    expect(expandCompressedTimes(file)).toBe(file)
  })

  it('never make much of little: turns between both kinds of header stop at three times the file', () => {
    const wide = [0x41, 0, 0, 20, 0, 120, ...Array.from({ length: 120 }, (_, field) => [field === 0 ? 3 : 200, field === 0 ? 1 : 0, 2]).flat()]
    const turns = Array.from({ length: 5_000 }, (_, turn) => (turn % 2 === 0 ? compressed(1, 101) : plain(90))).flat()
    const file = fileOf(...WITH_TIME, ...timed(0, 100), ...wide, ...turns)
    expect(expandCompressedTimes(file).length).toBeLessThan(file.length * 3 + 1_000)
  })
})
