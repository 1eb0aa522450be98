import { z } from 'zod'

/** What is known of a route without calling it: for `/api/openapi.json` and for the test that walks all routes. */
export type Declaration = {
  readonly summary: string
  /** The name of the actor rule, or of the library that checks its callers itself. */
  readonly actor: string
  readonly libraryOwned: boolean
  readonly params?: z.ZodType | undefined
  readonly body?: z.ZodType | undefined
  readonly query?: z.ZodType | undefined
  readonly answer?: z.ZodType | undefined
}

const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const
export type Method = (typeof METHODS)[number]
export type DeclaredRoute = { readonly path: string; readonly method: Method; readonly declaration: Declaration }

/** The declared handlers of a route file, by method. `path` as Next writes it: `/api/classes/[classId]/join`. */
export function declaredRoutes(path: string, routeFile: object): DeclaredRoute[] {
  return Object.entries(routeFile).flatMap(([name, handler]) => {
    const method = METHODS.find((known) => known === name)
    return method && hasDeclaration(handler) ? [{ path, method, declaration: handler.declaration }] : []
  })
}

/** An OpenAPI 3.1 description. What the library routes answer is theirs to describe; they are left out. */
export function describeApi(routes: readonly DeclaredRoute[], server: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const { path, method, declaration } of routes.filter((route) => !route.declaration.libraryOwned)) {
    const address = path.replace(/\[(\w+)\]/g, '{$1}')
    paths[address] = { ...paths[address], [method.toLowerCase()]: describe(path, declaration) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Pulseroom', version: '1' },
    servers: [{ url: server }],
    paths,
    components: { schemas: { Error: ERROR } },
  }
}

function describe(path: string, { summary, actor, body, query, answer }: Declaration): Record<string, unknown> {
  const inPath = [...path.matchAll(/\[(\w+)\]/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
  return {
    summary,
    'x-actor': actor,
    parameters: [...inPath, ...(query instanceof z.ZodObject ? inQuery(query) : [])],
    ...(body ? { requestBody: { required: true, content: json(schemaOf(body, 'input')) } } : {}),
    responses: {
      ...(answer ? { 200: { description: 'Done.', content: json(schemaOf(answer, 'output')) } } : { '2XX': { description: 'Done.' } }),
      default: { description: 'Refused or failed, in words that may be shown.', content: json({ $ref: '#/components/schemas/Error' }) },
    },
  }
}

const inQuery = (query: z.ZodObject): unknown[] =>
  Object.entries(query.shape).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !z.safeParse(schema, undefined).success,
    schema: { type: 'string' },
  }))

/** Checks that JSON Schema has no words for, such as "a time zone that exists", are left to the answer. */
const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): unknown => {
  const { $schema: _dialect, ...described } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return described
}

const json = (schema: unknown) => ({ 'application/json': { schema } })

const ERROR = schemaOf(
  z.object({
    error: z.object({ code: z.string(), message: z.string(), fields: z.record(z.string(), z.string()).optional() }),
    requestId: z.string(),
  }),
  'output',
)

function hasDeclaration(handler: unknown): handler is { readonly declaration: Declaration } {
  return typeof handler === 'function' && 'declaration' in handler
}
