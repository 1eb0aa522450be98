import { to as copyTo } from 'pg-copy-streams'
import { db, pool } from '@/lib/platform/db.server'
import { summariseClass } from '@/lib/summaries/summarise-class.server'
import type { Figure, Section } from './figures'
import { type Curve, readCurves, stretches } from './recordings'
import { makeStage, openMany, sealAll, type Stage, storeRun } from './stage'
import { timed, times } from './world'

/** How long it takes to read a class back, and to sum one up. */
export const reading: Section = async (tell) => {
  const curves = readCurves()
  return [...(await readBack(curves, tell)), await summaries(curves)]
}

/** Thirty members for an hour, sealed, through the view that SQL users read. */
async function readBack(curves: readonly Curve[], tell: (line: string) => void): Promise<Figure[]> {
  const stage = await makeStage(30)
  await storeClass(stage, curves)
  await sealAll(stage)
  await pool().query('ANALYZE recorders, sealed_runs, chunks')
  const select = `SELECT person_id, at, bpm FROM metrics WHERE class_id = '${stage.scene.classId}'`
  const objects = (): Promise<number> => timed(() => pool().query({ text: select, rowMode: 'array' }))
  tell(`${await copied(`(${select})`, 'binary')} rows`)
  await objects()
  const text: number[] = []
  const binary = await times(21, async () => {
    // In turn, so that whatever else the machine does meets both.
    text.push(await timed(() => copied(`(${select})`, 'text')))
    return await timed(() => copied(`(${select})`, 'binary'))
  })
  return [
    { key: 'metrics_view_ms', what: "metrics: 30 × 1 h, every row received in COPY's binary form", unit: 'ms', samples: binary, bar: '≤ 100' },
    { what: 'metrics: the same rows received as text by COPY, as psql does', unit: 'ms', samples: text },
    { what: 'metrics: the same, each value made a JavaScript one by the driver', unit: 'ms', samples: await times(9, objects) },
    {
      what: 'metrics: the same, made in PostgreSQL and counted there',
      unit: 'ms',
      samples: await times(9, () => timed(() => pool().query(`SELECT count(*), count(bpm) FROM (${select} OFFSET 0) AS r`))),
    },
  ]
}

/** As analysts' tools read many rows: drivers of data frames (Arrow's ADBC, DuckDB, asyncpg) in binary, psql as text. Returns how many came. */
async function copied(source: string, format: 'binary' | 'text'): Promise<number> {
  const client = await pool().connect()
  try {
    const copy = client.query(copyTo(`COPY ${source} TO STDOUT (FORMAT ${format})`))
    let bytes = 0
    for await (const part of copy) bytes += (part as Buffer).length
    if (bytes === 0) throw new Error('Nothing was received.')
    return copy.rowCount
  } finally {
    client.release()
  }
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
