import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import { Pool, type PoolClient } from 'pg'
import { env } from './env.server'
import { log } from './log.server'
import { Prisma, PrismaClient } from './prisma/client'

type Kept = { pool?: Pool; prisma?: PrismaClient }
// A reload in development loads this file again; the connections must stay the same few.
const kept: Kept = ((globalThis as typeof globalThis & { pulseroomDatabase?: Kept }).pulseroomDatabase ??= {})

/** The one pool. Connections are made on first use. */
export function pool(): Pool {
  if (kept.pool) return kept.pool
  const created = new Pool({ connectionString: env().DATABASE_URL, max: env().DATABASE_POOL_MAX })
  // An idle connection that the server closes would otherwise end the process.
  created.on('error', (error) => log.warn({ err: error }, 'an idle database connection was lost'))
  kept.pool = created
  return created
}

/** Prisma over the same pool; connects on first use, so importing this file needs no settings. */
export const db: PrismaClient = (kept.prisma ??= new PrismaClient({
  adapter: { provider: 'postgres', adapterName: '@prisma/adapter-pg', connect: () => new PrismaPg(pool()).connect() },
  // Joins of one class wait in line for its row; a burst at half past must not be refused for waiting.
  transactionOptions: { maxWait: 10_000, timeout: 15_000 },
}))

/** What a function needs that runs inside or outside a transaction. */
export type Db = Prisma.TransactionClient

/** Raw SQL in one transaction: commits when `work` resolves, rolls back when it throws. */
export async function transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool().connect()
  // The server may close a connection that is waiting for `work`; unheard, that would end the process. The next query says it to `work`.
  const lost = (error: Error): void => log.warn({ err: error }, 'a database connection was lost in a transaction')
  client.on('error', lost)
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    client.off('error', lost)
    client.release()
    return result
  } catch (error) {
    // A connection that cannot roll back is thrown away, never returned to the pool in the middle of a transaction.
    const broken = await client.query('rollback').then(
      () => false,
      () => true,
    )
    client.release(broken)
    if (!broken) client.off('error', lost)
    throw error
  }
}

/** Prisma's P2002: a unique constraint said no. `constraint` narrows it to one whose fields or name contain the text. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') return false
  return constraint === undefined || JSON.stringify(error.meta ?? {}).includes(constraint)
}

export { Prisma }
