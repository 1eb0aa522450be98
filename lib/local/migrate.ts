import { resolve } from 'node:path'
import { migrate } from './migrate.server'
import { startPostgres } from './postgres.server'
import { lockData } from './run-lock.server'
import { explainStart } from './start-trouble'

// `npm run db:migrate`: the database at DATABASE_URL, else the one under the data folder, started for it.
const dataDir = resolve(process.env.PULSEROOM_DATA || '.data')
const stops: Array<() => unknown> = []
try {
  let url = process.env.DATABASE_URL
  if (!url) {
    const lock = await lockData(dataDir, 'migrating')
    stops.push(() => lock.release())
    const postgres = await startPostgres({ dataDir })
    stops.push(() => postgres.stop())
    url = postgres.url('pulseroom')
  }
  const applied = await migrate(url)
  process.stdout.write(applied.length > 0 ? `Applied ${applied.join(', ')}\n` : 'Already up to date\n')
} catch (error) {
  const words = explainStart(error, { dataDir, port: 0 })
  if (words === undefined) throw error
  process.stderr.write(`${words}\n`)
  process.exitCode = 1
} finally {
  for (const stop of stops.reverse()) await stop()
}
