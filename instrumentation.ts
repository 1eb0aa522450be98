/** Runs once when the server starts: a start with missing or wrong settings fails here, naming them, and not at the first visitor. */
export async function register(): Promise<void> {
  const { env, featuresOff } = await import('@/lib/platform/env.server')
  const off = featuresOff(env())
  const { log } = await import('@/lib/platform/log.server')
  for (const feature of off) log.info({ feature }, 'off, because it is not set up')
}
