import { pool } from '@/lib/platform/db.server'
import type { Figure, Section } from './figures'
import { type Curve, countValues, readCurves, stretches } from './recordings'
import { bytesOf, makeStage, openMany, sealAll, type Stage, storeRun } from './stage'

const VALUES = 1_000_000
const MINUTES = [10, 20, 45, 60] as const
/** Shorter runs are not compressed by PostgreSQL; the bar is for classes from here on. */
const BAR_FROM_MINUTES = 20

/** What a value costs on disk, sealed and as one row a sample. */
export const storage: Section = async (tell) => {
  const curves = readCurves()
  for (const { name, bpm } of curves) tell(`${name}: ${countValues(bpm)} values in ${bpm.length} s`)
  const stage = await makeStage(30)
  const sealed: Figure[] = []
  const worst: number[] = []
  for (const minutes of MINUTES) {
    await pool().query('TRUNCATE recorders CASCADE')
    const { values, runs } = await fill(stage, curves, minutes * 60)
    await sealAll(stage)
    const bytes = (await bytesOf('sealed_runs')) / values
    const withRecorder = ((await bytesOf('sealed_runs')) + (await bytesOf('recorders'))) / values
    tell(`${minutes} min: ${values} values in ${runs} runs, ${bytes.toFixed(3)} B a value (${withRecorder.toFixed(3)} with the recorder's own row)`)
    sealed.push({ what: `sealed, classes of ${minutes} min (heap, index, TOAST)`, unit: 'B/value', samples: [bytes] })
    if (minutes >= BAR_FROM_MINUTES) worst.push(bytes)
  }
  const most = Math.max(...worst)
  const row = await asRows()
  return [
    ...sealed,
    { key: 'bytes_per_value_sealed', what: 'the worst of them from 20 min up', unit: 'B/value', samples: [most], bar: '≤ 1.0' },
    { what: 'one row a sample in the same PostgreSQL', unit: 'B/value', samples: [row] },
    { key: 'bytes_ratio_rows', what: 'one row a sample ÷ sealed', unit: '×', samples: [row / most] },
  ]
}

async function fill(stage: Stage, curves: readonly Curve[], seconds: number): Promise<{ values: number; runs: number }> {
  const all = [...stretches(curves, seconds, VALUES)]
  const recorders = await openMany(stage, all.length)
  // A few at a time, each for another member: as many as production's pool would let in.
  await inParallel(4, recorders, (recorderId, index) => storeRun(recorderId, all[index] ?? []))
  return { values: all.reduce((sum, bpm) => sum + countValues(bpm), 0), runs: all.length }
}

async function inParallel<T>(lanes: number, items: readonly T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  let next = 0
  const lane = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) await work(items[index] as T, index)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

/** The same values as they would be stored without us: who, when, what. */
async function asRows(): Promise<number> {
  await pool().query('CREATE TABLE bench_rows (recorder bigint, at timestamptz, bpm smallint, PRIMARY KEY (recorder, at))')
  const { rowCount } = await pool().query(`
    INSERT INTO bench_rows SELECT r.key, m.at, m.bpm FROM metrics m JOIN recorders r ON r.id = m.recorder_id WHERE m.bpm IS NOT NULL`)
  const bytes = await bytesOf('bench_rows')
  await pool().query('DROP TABLE bench_rows')
  return bytes / (rowCount ?? NaN)
}
