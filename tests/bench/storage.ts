import { db, pool } from '@/lib/platform/db.server'
import { summariseClass } from '@/lib/summaries/summarise-class.server'
import type { Figure, Section } from './figures'
import { type Curve, countValues, readCurves, stretches } from './recordings'
import { bytesOf, makeStage, openMany, sealAll, type Stage, storeRun } from './stage'
import { timed, times } from './world'

const VALUES = 1_000_000
const MINUTES = [10, 20, 45, 60] as const
/** Shorter runs are not compressed by PostgreSQL; the bar is for classes from here on. */
const BAR_FROM_MINUTES = 20

/** What a value costs on disk, sealed and as one row a sample, and how long reading and summing up take. */
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
    ...(await readBack(stage, curves)),
    await summaries(curves),
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

/** Thirty members for an hour, sealed, through the view that SQL users read. */
async function readBack(stage: Stage, curves: readonly Curve[]): Promise<Figure[]> {
  await pool().query('TRUNCATE recorders CASCADE')
  await storeClass(stage, curves)
  await sealAll(stage)
  await pool().query('ANALYZE recorders, sealed_runs, chunks')
  const rows = 'SELECT person_id, at, bpm FROM metrics WHERE class_id = $1'
  const read = (sql: string) => (): Promise<number> => timed(() => pool().query({ text: sql, rowMode: 'array' }, [stage.scene.classId]))
  await read(rows)()
  return [
    { key: 'metrics_view_ms', what: 'metrics: 30 × 1 h as rows in the client', unit: 'ms', samples: await times(9, read(rows)), bar: '≤ 100' },
    { what: 'metrics: the same, made in PostgreSQL and counted there', unit: 'ms', samples: await times(9, read(`SELECT count(*), count(bpm) FROM (${rows} OFFSET 0) AS r`)) },
  ]
}

async function storeClass(stage: Stage, curves: readonly Curve[]): Promise<void> {
  const hours = stretches(curves, 3600, Infinity)
  for (const recorderId of await openMany(stage, stage.members.length)) await storeRun(recorderId, hours.next().value ?? [])
}

/** From the end event on: everybody's summary of an hour that is stored in chunks. */
async function summaries(curves: readonly Curve[]): Promise<Figure> {
  const stage = await makeStage(50)
  const { classId } = stage.scene
  await storeClass(stage, curves)
  await db.liveClass.update({ where: { id: classId }, data: { status: 'ended', workoutEndedAt: new Date() } })
  const samples = await times(3, async () => {
    await db.summary.deleteMany({ where: { classId } })
    return await timed(() => summariseClass(classId))
  })
  return { key: 'summary_50_ms', what: 'all summaries of 50 members × 60 min', unit: 'ms', samples, bar: '≤ 5,000' }
}
