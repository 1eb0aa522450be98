import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type DeclaredRoute, declaredRoutes, type Method } from '@/lib/accounts/declaration'

export type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>
export type WalkedRoute = DeclaredRoute & { readonly handler: Handler }
export type WalkedFile = { readonly path: string; readonly exports: readonly string[]; readonly routes: readonly WalkedRoute[] }

const isHandler = (value: unknown): value is Handler => typeof value === 'function'

/** Every route file under app/api, loaded: its address, what it exports, and its declared handlers. */
export async function walkRoutes(): Promise<WalkedFile[]> {
  const files = readdirSync('app/api', { recursive: true, encoding: 'utf8' }).filter((file) => /(^|\/)route\.tsx?$/.test(file))
  return await Promise.all(
    files.sort().map(async (file) => {
      const loaded = (await import(join(process.cwd(), 'app/api', file))) as Record<string, unknown>
      const path = `/api/${file.replace(/\/?route\.tsx?$/, '')}`
      const routes = declaredRoutes(path, loaded).map((route) => {
        const handler = loaded[route.method]
        if (!isHandler(handler)) throw new Error(`${route.method} ${path} is no function`)
        return { ...route, handler }
      })
      return { path, exports: Object.keys(loaded), routes }
    }),
  )
}

export const label = ({ method, path }: { method: Method; path: string }): string => `${method} ${path}`
