import { join } from 'node:path'
import { AppError } from '@/lib/platform/app-error'
import { migrate } from './migrate.server'
import { startPostgres } from './postgres.server'
import { ROOT } from './root.server'

// `npm run db:migrate`: the database at DATABASE_URL, else the one under `.data`, started for it.
const own = process.env.DATABASE_URL ? undefined : await startPostgres({ dataDir: process.env.PULSEROOM_DATA ?? join(ROOT, '.data') })
try {
  const applied = await migrate(process.env.DATABASE_URL ?? own?.url('pulseroom') ?? '')
  process.stdout.write(applied.length > 0 ? `Applied ${applied.join(', ')}\n` : 'Already up to date\n')
} catch (error) {
  if (!(error instanceof AppError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
} finally {
  await own?.stop()
}
