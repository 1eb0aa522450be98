import { startProduct } from './product'

/** One product for all files, started by the README's command; its address and data folder reach the tests through the environment. */
export default async function setup(): Promise<() => Promise<void>> {
  const product = await startProduct()
  process.env.E2E_URL = product.url
  process.env.E2E_DATA = product.dataDir
  return product.stop
}
