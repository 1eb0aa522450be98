import 'server-only'
import { z } from 'zod'
import { now } from '@/lib/platform/clock'
import { AppError } from '@/lib/platform/app-error'
import { seal, unseal } from '@/lib/platform/crypto.server'
import { db, transaction } from '@/lib/platform/db.server'
import { log } from '@/lib/platform/log.server'
import type { Connection } from '@/lib/platform/prisma/client'
import type { ConnectionProblem } from './connection'
import type { Access, Provider, Tokens } from './provider'
import { isTrouble, ProviderError } from './provider-error'
import { findProvider } from './registry.server'

/** Renewed this long before its end, so that a provider that is away for a while finds us with one that still opens. */
const EARLY_MS = 30 * 60_000
const SAVE_ATTEMPTS = 6

const Kept = z.object({ access: z.string(), refresh: z.string().nullable(), expiresAt: z.number().nullable() })
const purposeOf = (connectionId: string): string => `connection:${connectionId}`

export const sealTokens = (connectionId: string, tokens: Tokens): Uint8Array<ArrayBuffer> => seal(purposeOf(connectionId), JSON.stringify(tokens))
export const openTokens = (connectionId: string, sealed: Uint8Array): Tokens => Kept.parse(JSON.parse(unseal(purposeOf(connectionId), sealed).toString()))

export type Call = { readonly access: Access; readonly tokens: Tokens; readonly provider: Provider; readonly connection: Connection }
type Work<T> = (call: Call) => Promise<T>
/** `ending`: also of a connection that has ended here, while the provider has not confirmed it. */
export type Manner = { readonly patient?: boolean; readonly ending?: boolean }

/**
 * Calls the provider as this person, with a token that is good; a token that is refused all the same is renewed once. What stands in the
 * way is written down for the connection's page and thrown as ProviderError. Throws `not_found` for a connection that has ended.
 */
export async function withAccess<T>(connectionId: string, work: Work<T>, { patient = false, ending = false }: Manner = {}): Promise<T> {
  const connection = await db.connection.findUnique({ where: { id: connectionId } })
  const provider = connection && findProvider(connection.provider)
  if (!connection?.tokens || !provider || (connection.status === 'revoked') !== ending) throw new AppError('not_found', 'This connection has ended.')
  const externalUserId = connection.externalUserId ?? ''
  const held = openTokens(connectionId, connection.tokens)
  const call = (tokens: Tokens): Promise<T> => work({ access: { token: tokens.access, externalUserId, patient }, tokens, provider, connection })
  try {
    const good = isGood(held) ? held : await renew(connectionId, provider, held.access)
    try {
      return await call(good)
    } catch (error) {
      if (!isTrouble(error, 'token_refused') || good.refresh === null) throw error
      return await call(await renew(connectionId, provider, good.access))
    }
  } catch (error) {
    if (error instanceof ProviderError) await noteTrouble(connectionId, error)
    throw error
  }
}

const isGood = ({ expiresAt }: Tokens): boolean => expiresAt === null || expiresAt - EARLY_MS > now()

/**
 * One renewal at a time for each connection, in the whole installation: the row is locked while the provider is asked, and whoever waited
 * finds the new token. The new one is saved before anything else is done with it; where the connection to our own database breaks in that
 * moment, it is saved over another one, unless somebody else has written since. If the process dies in between, the old refresh token is
 * tried again, which providers with a grace period take; from the others the person hears that they must connect again, and reading goes on
 * where it stopped.
 */
async function renew(connectionId: string, provider: Provider, refused: string): Promise<Tokens> {
  let renewed: { before: Uint8Array; tokens: Tokens } | undefined
  try {
    return await transaction(async (client) => {
      const { rows } = await client.query<{ tokens: Buffer | null }>('SELECT tokens FROM connections WHERE id = $1 FOR UPDATE', [connectionId])
      const before = rows[0]?.tokens
      if (!before) throw new AppError('not_found', 'This connection has ended.')
      const held = openTokens(connectionId, before)
      if (held.access !== refused && isGood(held)) return held
      const tokens = await provider.refresh(held)
      renewed = { before, tokens }
      await client.query('UPDATE connections SET tokens = $2, "tokensExpireAt" = $3 WHERE id = $1', [connectionId, Buffer.from(sealTokens(connectionId, tokens)), expiryOf(tokens)])
      return tokens
    })
  } catch (error) {
    if (!renewed) throw error
    log.warn({ err: error, connectionId }, 'a renewed token is saved over another connection to the database')
    await saveLate(connectionId, renewed.before, renewed.tokens)
    return renewed.tokens
  }
}

const expiryOf = ({ expiresAt }: Tokens): Date | null => (expiresAt === null ? null : new Date(expiresAt))

/** Nothing to do where it was saved after all: then the row does not hold the old ones any more. */
async function saveLate(connectionId: string, before: Uint8Array, tokens: Tokens): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const where = { id: connectionId, tokens: new Uint8Array(before) }
      await db.connection.updateMany({ where, data: { tokens: sealTokens(connectionId, tokens), tokensExpireAt: expiryOf(tokens) } })
      return
    } catch (error) {
      if (attempt === SAVE_ATTEMPTS) throw error
      await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt))
    }
  }
}

const PROBLEM: Readonly<Record<ProviderError['trouble'], ConnectionProblem | null>> = {
  token_refused: 'reconnect',
  grant_refused: 'reconnect',
  not_allowed: 'consent_missing',
  limited: 'limited',
  away: 'away',
  nonsense: 'nonsense',
  gone: null,
  conflict: null,
}

async function noteTrouble(connectionId: string, { trouble }: ProviderError): Promise<void> {
  const lastProblem = PROBLEM[trouble]
  if (!lastProblem) return
  const data = { lastProblem, ...(lastProblem === 'reconnect' ? { status: 'needs_reconnect' as const } : {}) }
  await db.connection.updateMany({ where: { id: connectionId, status: { not: 'revoked' } }, data })
}
