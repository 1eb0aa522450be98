import { readdirSync, readFileSync } from 'node:fs'
import { readFit } from '@/lib/formats/fit'
import { hasStream } from '@/lib/formats/recording'

const FOLDER = 'tests/fixtures'

export type Curve = { readonly name: string; readonly bpm: ReadonlyArray<number | null> }

/** Every real recording of the fixtures that has a heart rate: one slot a second, null where the device said nothing. */
export function readCurves(): Curve[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.fit'))
    .flatMap((name) => {
      const file = readFit(readFileSync(`${FOLDER}/${name}`))
      if (file.outcome === 'refused' || !hasStream(file.recording.streams.bpm)) return []
      const { streams } = file.recording
      const bpm = Array.from({ length: (streams.second.at(-1) ?? -1) + 1 }, (): number | null => null)
      streams.second.forEach((second, at) => (bpm[second] = streams.bpm[at] ?? null))
      return [{ name, bpm }]
    })
}

/**
 * Stretches of one length, in turn from every recording that is long enough and each time from another second of it, until they hold
 * `values`. Stretches overlap; PostgreSQL compresses each row on its own, so what two rows have in common saves nothing.
 */
export function* stretches(curves: readonly Curve[], seconds: number, values: number): Generator<Array<number | null>> {
  const long = curves.filter(({ bpm }) => bpm.length >= seconds)
  let [turn, held] = [0, 0]
  while (held < values && long.length > 0) {
    const { bpm } = long[turn % long.length] ?? { bpm: [] }
    const from = (turn * 977) % (bpm.length - seconds + 1)
    const stretch = bpm.slice(from, from + seconds)
    held += countValues(stretch)
    turn += 1
    yield stretch
  }
}

export const countValues = (bpm: ReadonlyArray<number | null>): number => bpm.reduce<number>((sum, value) => sum + (value === null ? 0 : 1), 0)
