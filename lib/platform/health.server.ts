import 'server-only'
import { pool } from './db.server'
import { env } from './env.server'
import { log } from './log.server'
import { pingRealtime } from './realtime.server'

export type Part = 'database' | 'realtime' | 'jobs'
export type Health = { readonly healthy: boolean; readonly parts: Readonly<Record<Part, 'up' | 'down'>> }

const PATIENCE_MS = 2_000

/** Asks each part that a class cannot do without. Never throws; a part that is silent for two seconds is down. */
export async function checkHealth(): Promise<Health> {
  const [database, realtime, jobs] = await Promise.all([
    answers('database', () => pool().query('select 1')),
    answers('realtime', pingRealtime),
    answers('jobs', pingJobs),
  ])
  return { healthy: database === 'up' && realtime === 'up' && jobs === 'up', parts: { database, realtime, jobs } }
}

async function pingJobs(): Promise<void> {
  const response = await fetch(new URL('/health', env().INNGEST_BASE_URL ?? 'https://inn.gs'), { signal: AbortSignal.timeout(PATIENCE_MS) })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`the job runner answered ${response.status}`)
}

async function answers(part: Part, ask: () => Promise<unknown>): Promise<'up' | 'down'> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), PATIENCE_MS)
  })
  try {
    await Promise.race([ask(), silence])
    return 'up'
  } catch (error) {
    log.warn({ err: error, part }, 'a part does not answer')
    return 'down'
  } finally {
    clearTimeout(timer)
  }
}
