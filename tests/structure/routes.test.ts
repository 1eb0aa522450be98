import { expect, it } from 'vitest'
import { ROUTE_FILES } from '@/app/api/openapi.json/route-files'
import { describeApi } from '@/lib/accounts/declaration'
import { label, walkRoutes } from './route-walk'

/** Whose own checks we trust with their routes. */
const LIBRARIES = ['next-auth', 'inngest']
const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'HEAD', 'OPTIONS']
/** What else Next reads from a route file. */
const SETTINGS = ['dynamic', 'maxDuration', 'runtime', 'revalidate']

const files = await walkRoutes()

it('walks the routes', () => {
  expect(files.length).toBeGreaterThan(20)
})

it('finds a declared actor behind every method that a route exports', () => {
  for (const { path, exports, routes } of files) {
    const methods = exports.filter((name) => METHODS.includes(name))
    expect(
      exports.filter((name) => !METHODS.includes(name) && !SETTINGS.includes(name)),
      path,
    ).toEqual([])
    expect(routes.map(({ method }) => method).sort(), `${path} has a handler without a declaration`).toEqual(methods.sort())
    for (const { declaration } of routes) {
      expect(declaration.actor, path).not.toBe('')
      expect(declaration.summary.length, path).toBeGreaterThan(10)
      if (declaration.libraryOwned) expect(LIBRARIES, path).toContain(declaration.actor)
    }
  }
})

it('describes every route of our own in the API description, and nothing that is not there', () => {
  const own = files.filter(
    ({ path, routes }) => path !== '/api/openapi.json' && routes.some(({ declaration }) => !declaration.libraryOwned),
  )
  expect(Object.keys(ROUTE_FILES).sort()).toEqual(own.map(({ path }) => path).sort())
  const described = describeApi(
    files.flatMap(({ routes }) => routes),
    'https://pulseroom.example',
  )
  const operations = Object.entries(described.paths as Record<string, Record<string, unknown>>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const declared = files.flatMap(({ routes }) =>
    routes.filter(({ declaration }) => !declaration.libraryOwned).map((route) => label(route).replace(/\[(\w+)\]/g, '{$1}')),
  )
  expect(operations.sort()).toEqual(declared.sort())
})

it('says in the description who may call and what to send', () => {
  const described = JSON.parse(
    JSON.stringify(
      describeApi(
        files.flatMap(({ routes }) => routes),
        'https://pulseroom.example',
      ),
    ),
  ) as {
    paths: Record<
      string,
      Record<
        string,
        {
          'x-actor': string
          requestBody?: { content: Record<string, { schema: { required?: string[] } }> }
          parameters: Array<{ name: string }>
        }
      >
    >
  }
  const join = described.paths['/api/classes/{classId}/join']?.post
  expect(join?.['x-actor']).toBe('anyone')
  expect(join?.parameters.map(({ name }) => name)).toEqual(['classId'])
  expect(join?.requestBody?.content['application/json']?.schema.required).toEqual(['name', 'cameraReach'])
})
