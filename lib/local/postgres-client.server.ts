import 'server-only'
import pg from 'pg'

/** Runs `work` on one connection of its own and closes it. For the box's own housekeeping; the product reads through Prisma. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {}) // a server that stops while we are idle; the next query says so
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The five-character code that PostgreSQL gives an error, such as `3D000` (no such database); `''` for anything else. */
export function sqlState(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
