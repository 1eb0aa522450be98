import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { now } from '@/lib/platform/clock'
import { RUNNER_SCHEMA } from './runner-schema.server'

export type Transaction = pg.PoolClient

const LOCK = 7_385_001 // one runner a database: any number that nobody else takes
const LOCK_WITHIN_MS = 15_000
/** A lost connection, or a server that is starting or stopping; not what a query did wrong. */
const LOST = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03', '08000', '08003', '08006']
const isLost = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && typeof error.code === 'string' && LOST.includes(error.code)) || /Connection terminated/.test(error.message))

/**
 * The runner's PostgreSQL. Changes run one after the other, each in a transaction, and are tried again after a lost connection: each must
 * therefore be harmless when done twice. One process at a time owns the tables, by an advisory lock on a connection of its own.
 */
export class RunnerDatabase {
  readonly #pool: pg.Pool
  readonly #url: string
  #owner: pg.Client | null = null
  #tail: Promise<unknown> = Promise.resolve()
  #isClosed = false

  private constructor(url: string) {
    this.#url = url
    this.#pool = new pg.Pool({ connectionString: url, max: 4 })
    // a pool without a listener ends the process when an idle connection is lost
    this.#pool.on('error', () => undefined)
  }

  /** @throws Error when another runner keeps the database, or it cannot be reached in time. */
  static async open(url: string, withinMs = LOCK_WITHIN_MS): Promise<RunnerDatabase> {
    const database = new RunnerDatabase(url)
    try {
      await database.#own(now() + withinMs)
      await database.#pool.query(RUNNER_SCHEMA)
      return database
    } catch (error) {
      await database.close()
      throw error
    }
  }

  /** Runs `work` in a transaction, after every change before it. `withinMs`: how long a lost database is waited for. */
  async change<T>(work: (transaction: Transaction) => Promise<T>, withinMs = Number.POSITIVE_INFINITY): Promise<T> {
    const turn = this.#tail.then(() => this.#insistently(() => this.#transact(work), now() + withinMs))
    this.#tail = turn.catch(() => undefined)
    return turn
  }

  async read<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.#insistently(async () => (await this.#pool.query<Row>(text, [...values])).rows, now() + LOCK_WITHIN_MS)
  }

  async isReachable(): Promise<boolean> {
    return this.#owner !== null && (await this.#pool.query('select 1').then(Boolean, () => false))
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#tail
    await this.#owner?.end().catch(() => undefined)
    await this.#pool.end()
  }

  async #transact<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    if (this.#owner === null) await this.#own(now() + LOCK_WITHIN_MS)
    const client = await this.#pool.connect()
    let broken = false
    const onError = (): void => void (broken = true)
    client.on('error', onError)
    try {
      await client.query('begin')
      const result = await work(client)
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch(() => void (broken = true))
      throw error
    } finally {
      client.off('error', onError)
      client.release(broken)
    }
  }

  async #insistently<T>(attempt: () => Promise<T>, untilMs: number): Promise<T> {
    for (let pauseMs = 100; ; pauseMs = Math.min(pauseMs * 2, 2_000)) {
      try {
        return await attempt()
      } catch (error) {
        if (!isLost(error) || this.#isClosed || now() + pauseMs > untilMs) throw error
        await delay(pauseMs)
      }
    }
  }

  /** A runner that was killed lets go as soon as PostgreSQL notices; hence some patience. */
  async #own(untilMs: number): Promise<void> {
    await this.#insistently(async () => {
      const client = new pg.Client({ connectionString: this.#url })
      client.on('error', () => {
        if (this.#owner === client) this.#owner = null
      })
      await client.connect()
      for (;;) {
        const { rows } = await client.query<{ owned: boolean }>('select pg_try_advisory_lock($1) as owned', [LOCK])
        if (rows[0]?.owned === true) break
        if (now() > untilMs) {
          await client.end()
          throw new Error('Another job runner works on this database. Stop it first.')
        }
        await delay(100)
      }
      this.#owner = client
    }, untilMs)
  }
}
