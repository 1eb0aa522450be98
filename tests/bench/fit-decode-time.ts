import { Decoder, Stream } from '@garmin/fitsdk'
import { readdirSync, readFileSync } from 'node:fs'
import { readFit } from '@/lib/formats/fit'

/**
 * How long our reading of each FIT fixture takes beside the bare decoder's, which it must not exceed by more than 1.3×: the median of
 * rounds that alternate, so that a busy machine slows both. Prints, judges nothing: `npx tsx --tsconfig tsconfig.node.json tests/bench/fit-decode-time.ts`.
 */
const ROUNDS = 11
const FOLDER = 'tests/fixtures'

const timed = (work: () => unknown): number => {
  const from = performance.now()
  work()
  return performance.now() - from
}
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

for (const name of readdirSync(FOLDER).filter((each) => each.endsWith('.fit'))) {
  const bytes = new Uint8Array(readFileSync(`${FOLDER}/${name}`))
  const bare: number[] = []
  const ours: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(timed(() => new Decoder(Stream.fromByteArray(bytes)).read()))
    ours.push(timed(() => readFit(bytes)))
  }
  const [bareMs, oursMs] = [median(bare), median(ours)]
  process.stdout.write(`${name}: bare ${bareMs.toFixed(1)} ms, ours ${oursMs.toFixed(1)} ms, ${(oursMs / bareMs).toFixed(2)}×\n`)
}
