import { Decoder, Encoder, Stream } from '@garmin/fitsdk'
import { readdirSync, readFileSync } from 'node:fs'
import { readFit } from '@/lib/formats/fit'
import { writeFit } from '@/lib/formats/fit-writer'
import type { Recording } from '@/lib/formats/recording'
import { type Figure, median, type Section } from './figures'

const FOLDER = 'tests/fixtures'
const ROUNDS = 20
/** A short reading is repeated until a round is this long, so that neither the clock's steps nor one collection of garbage decide it. */
const ROUND_MS = 100

/**
 * Our reading of each FIT fixture beside the vendor's bare decoder, in turn, and our writing beside the vendor's encoder. In the processor's
 * time, not the wall's: other work on the machine would meet one of the two.
 */
export const fit: Section = async (tell) => {
  const figures: Figure[] = []
  let longest: Recording | null = null
  for (const name of readdirSync(FOLDER).filter((each) => each.endsWith('.fit'))) {
    const bytes = new Uint8Array(readFileSync(`${FOLDER}/${name}`))
    const outcome = readFit(bytes)
    if (outcome.outcome === 'refused') throw new Error(`${name} does not read`)
    if (outcome.recording.streams.second.length > (longest?.streams.second.length ?? 0)) longest = outcome.recording
    const ways = { bare: () => new Decoder(Stream.fromByteArray(bytes)).read(), ours: () => readFit(bytes) }
    const taken: { bare: number[]; ours: number[] } = { bare: [], ours: [] }
    // What compiling costs is not what reading costs: both have read the file for a while before the first round.
    for (const way of Object.values(ways)) processorMs(Math.ceil(ROUND_MS / processorMs(1, way)), way)
    const times = Math.ceil(ROUND_MS / processorMs(5, ways.bare))
    for (let round = 0; round < ROUNDS; round++) {
      // Who comes second collects the garbage of the first: they take turns at it.
      for (const way of round % 2 === 0 ? (['bare', 'ours'] as const) : (['ours', 'bare'] as const)) taken[way].push(processorMs(times, ways[way]))
    }
    const { bare, ours } = taken
    tell(`${name}: bare decoder ${median(bare).toFixed(2)} ms, ours ${median(ours).toFixed(2)} ms`)
    figures.push({ what: `${name}: ours ÷ bare decoder, round by round`, unit: '×', samples: ours.map((ms, round) => ms / (bare[round] ?? NaN)) })
  }
  if (longest === null) throw new Error('There are no FIT fixtures.')
  const recording = longest
  const worst = figures.toSorted((one, other) => median(other.samples) - median(one.samples))[0]
  const [vendor, own]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    vendor.push(processorMs(1, () => writeFit(recording, new Encoder())))
    own.push(processorMs(1, () => writeFit(recording)))
  }
  return [
    { key: 'fit_decode_ratio', what: 'FIT: our reading ÷ the bare decoder, the worst file', unit: '×', samples: worst?.samples ?? [], bar: '≤ 1.3' },
    ...figures,
    { key: 'fit_write_ms', what: `FIT: writing ${recording.streams.second.length} records`, unit: 'ms', samples: own },
    { what: 'FIT: the same by the vendor’s encoder', unit: 'ms', samples: vendor },
  ]
}

/** Of one time. */
function processorMs(times: number, work: () => unknown): number {
  const from = process.cpuUsage()
  for (let time = 0; time < times; time++) work()
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1000 / times
}
