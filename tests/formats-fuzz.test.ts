import { describe, expect, it } from 'vitest'
import { readFit } from '@/lib/formats/fit'
import { readRecording } from '@/lib/formats/read-recording'
import { filesFuzz } from './files-fuzz'

/** A slice in every run; `npm run soak -- --files 1000000` goes on for longer. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 3_300)
const SEED = Number(process.env.FUZZ_SEED ?? 0)
const text = (xml: string) => new TextEncoder().encode(xml)

describe('damaged files and exports', () => {
  it(
    'are read or refused, never a crash or a hang, and what was read is sound',
    async () => {
      const { files, read, exports, exportsRead } = await filesFuzz(SEED, RUNS)
      expect(files + exports).toBe(RUNS)
      // The damage must not be so great that nothing is left to test.
      expect(read / files).toBeGreaterThan(0.3)
      expect(exportsRead / exports).toBeGreaterThan(0.2)
    },
    60_000 + RUNS * 30,
  )
})

describe('files made to cost more than they weigh', () => {
  const header = (size: number) => [14, 32, 0x64, 0x08, size & 255, (size >> 8) & 255, (size >> 16) & 255, size >>> 24, 0x2e, 0x46, 0x49, 0x54, 0, 0]
  const fit = (body: Uint8Array | number[]) => new Uint8Array([...header(body.length), ...body, 0, 0])
  const ONE_RECORD = [0x40, 0, 0, 20, 0, 2, 253, 4, 0x86, 3, 1, 2, 0, 0, 0, 0x50, 0x38, 120]

  it('FIT: fields of no size end the reading, and what came before them stays', () => {
    const definition = [0x41, 0, 0, 20, 0, 200, ...Array.from({ length: 200 }, (_, field) => [field, 0, 2]).flat()]
    const outcome = readFit(fit([...ONE_RECORD, ...definition, ...new Array<number>(5_000).fill(1)]))
    expect(outcome).toMatchObject({ outcome: 'read', recording: { problems: ['damaged'], streams: { second: [0], bpm: [120] } } })
  })

  it('FIT: descriptions that every message would be searched for are too many', () => {
    const developer = [0x42, 0, 0, 207, 0, 1, 3, 1, 2, 2, 0, 0x43, 0, 0, 206, 0, 3, 0, 1, 2, 1, 1, 2, 2, 1, 2]
    const descriptions = Array.from({ length: 300 }, (_, field) => [3, 0, field & 255, 2]).flat()
    const user = [0x64, 0, 0, 20, 0, 1, 3, 1, 2, 100, ...Array.from({ length: 100 }, (_, field) => [field, 1, 0]).flat()]
    const outcome = readFit(fit([...ONE_RECORD, ...developer, ...descriptions, ...user]))
    expect(outcome).toMatchObject({ outcome: 'read', recording: { problems: ['too_long'], streams: { second: [0] } } })
  })

  it('FIT: a file of empty messages stops at the limit', () => {
    const body = new Uint8Array(ONE_RECORD.length + 6 + 600_000)
    body.set([...ONE_RECORD, 0x41, 0, 0, 20, 0, 0])
    body.fill(1, ONE_RECORD.length + 6)
    const file = new Uint8Array(14 + body.length + 2)
    file.set(header(body.length))
    file.set(body, 14)
    const outcome = readFit(file)
    expect(outcome).toMatchObject({ outcome: 'read', recording: { streams: { second: [0] } } })
    expect(outcome.outcome === 'read' && outcome.recording.problems).toContain('too_long')
  })

  it('FIT: a header that was never closed does not hide the records', () => {
    const file = fit(ONE_RECORD)
    file.set([0, 0, 0, 0], 4)
    expect(readFit(file)).toMatchObject({ outcome: 'read', recording: { problems: ['damaged'], streams: { bpm: [120] } } })
  })

  it('XML: a total beyond all numbers is left out and said', async () => {
    const point = '<Trackpoint><Time>2026-11-22T18:00:00Z</Time></Trackpoint>'
    const lap = (seconds: string) => `<Lap StartTime="2026-11-22T18:00:00Z"><TotalTimeSeconds>${seconds}</TotalTimeSeconds><MaximumHeartRateBpm><Value>1e999</Value></MaximumHeartRateBpm><Track>${point}</Track></Lap>`
    const outcome = await readRecording(text(`<TrainingCenterDatabase><Activities><Activity>${['60', '1e999', '1e300'].map(lap).join('')}</Activity></Activities></TrainingCenterDatabase>`), 'x')
    expect(outcome).toMatchObject({ outcome: 'read', recording: { said: { timerSeconds: 60, maxBpm: null }, laps: [{ seconds: 60 }] } })
    expect(outcome.outcome === 'read' && outcome.recording.problems).toContain('implausible_values')
  })

  it('XML: a million of one thing is read in one pass: attributes, siblings, ampersands, text', async () => {
    const many = (piece: string) => piece.repeat(200_000)
    const point = '<trkpt lat="1" lon="2"><time>2026-11-22T18:00:00Z</time></trkpt>'
    for (const inside of [`<x>${many('&')}</x>`, `<x>${many('abcde')}</x>`, many('<x/>'), many('<!--x-->'), `<x>${many('&#65;')}</x>`]) {
      const outcome = await readRecording(text(`<gpx><trk><trkseg>${inside}${point}</trkseg></trk></gpx>`), 'x')
      expect(outcome).toMatchObject({ outcome: 'read', recording: { streams: { second: [0], lat: [1] } } })
    }
  })
})
