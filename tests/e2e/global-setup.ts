import { polarSettings } from '@/tests/providers/polar'
import { stravaSettings } from '@/tests/providers/strava'
import { freePort, startProduct } from './product'

/** One product for all files, started by the README's command; its address and data folder reach the tests through the environment. */
export default async function setup(): Promise<() => Promise<void>> {
  // The push service of notices.spec.ts is on this machine.
  process.env.PUSH_PRIVATE_HOSTS ??= 'localhost'
  // The product must know where Polar and Strava are before connections.spec.ts starts them.
  const [polar, strava] = [await freePort(), await freePort()]
  process.env.E2E_POLAR_PORT = String(polar)
  process.env.E2E_STRAVA_PORT = String(strava)
  Object.assign(process.env, polarSettings(`http://127.0.0.1:${polar}`), stravaSettings(`http://127.0.0.1:${strava}`))
  const product = await startProduct()
  process.env.E2E_URL = product.url
  process.env.E2E_DATA = product.dataDir
  return product.stop
}
