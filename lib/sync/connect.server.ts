import 'server-only'
import { createHash } from 'node:crypto'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { randomToken, seal, sha256, unseal } from '@/lib/platform/crypto.server'
import { db } from '@/lib/platform/db.server'
import { env } from '@/lib/platform/env.server'
import { emit } from '@/lib/platform/event.server'
import { newId } from '@/lib/platform/id'
import { type ConnectOutcome, connectionMade, type NewConnection } from './connection'
import type { Granted, Provider, Purpose } from './provider'
import { isTrouble, ProviderError } from './provider-error'
import { findProvider, getProvider } from './registry.server'
import { sealTokens } from './tokens.server'

const ATTEMPT_MS = 10 * 60_000
export const redirectUriOf = (provider: string): string => `${env().APP_URL}/api/connections/callback/${provider}`
const verifierPurpose = (stateHash: string): string => `connect:${stateHash}`

/** Where to send the person, who says there yes or no. Throws `not_found` for a provider that is not set up, `invalid_input` for a purpose it has not. */
export async function beginConnecting(personId: string, { provider: name, purposes, returnTo }: NewConnection): Promise<{ url: string }> {
  const provider = getProvider(name)
  if (!purposes.every((purpose) => provider.capabilities.purposes.includes(purpose)))
    throw new AppError('invalid_input', 'This source cannot do that. Reload the page and choose again.')
  const state = randomToken()
  const stateHash = sha256(state)
  const verifier = provider.capabilities.pkce ? randomToken() : null
  await db.connectAttempt.deleteMany({ where: { createdAt: { lt: new Date(now() - ATTEMPT_MS) } } })
  const sealed = verifier === null ? null : seal(verifierPurpose(stateHash), verifier)
  await db.connectAttempt.create({ data: { stateHash, personId, provider: name, verifier: sealed, purposes: [...new Set(purposes)], returnTo: returnTo ?? null } })
  const challenge = verifier === null ? null : createHash('sha256').update(verifier).digest('base64url')
  return { url: provider.authoriseUrl({ state, challenge, redirectUri: redirectUriOf(name), purposes }) }
}

/**
 * The provider's answer, brought back by the person's own browser. The state counts once, for ten minutes, for whoever began: nobody can
 * bring their account there into somebody else's here.
 */
export async function finishConnecting(personId: string, name: string, query: URLSearchParams): Promise<{ outcome: ConnectOutcome; returnTo: string | null }> {
  const stateHash = sha256(query.get('state') ?? '')
  const attempt = await db.connectAttempt.delete({ where: { stateHash, personId, provider: name } }).catch(() => null)
  const provider = findProvider(name)
  if (!provider || !attempt || attempt.createdAt.getTime() + ATTEMPT_MS < now()) return { outcome: 'expired', returnTo: null }
  const { returnTo } = attempt
  const code = query.get('code')
  if (query.has('error') || !code) return { outcome: 'denied', returnTo }
  try {
    const verifier = attempt.verifier && unseal(verifierPurpose(stateHash), attempt.verifier).toString()
    const before = await db.connection.findUnique({ where: { personId_provider: { personId, provider: name } } })
    const connectionId = before?.id ?? newId('con')
    const granted = await provider.exchange({ code, verifier, redirectUri: redirectUriOf(name), grantedScope: query.get('scope'), memberId: connectionId })
    const asked = attempt.purposes.filter((purpose): purpose is Purpose => purpose === 'import' || purpose === 'upload')
    return { outcome: await keep({ personId, provider, connectionId, known: before?.externalUserId ?? null, granted, asked }), returnTo }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return { outcome: isTrouble(error, 'not_allowed') ? 'consent_missing' : isTrouble(error, 'grant_refused') ? 'expired' : 'away', returnTo }
  }
}

type Keeping = { personId: string; provider: Provider; connectionId: string; known: string | null; granted: Granted; asked: readonly Purpose[] }

async function keep({ personId, provider, connectionId, known, granted, asked }: Keeping): Promise<ConnectOutcome> {
  const { externalUserId, tokens, scopes } = granted
  // Two accounts' trainings would become one history; and what one of two people ends there would end for both.
  if (known !== null && known !== externalUserId) return await giveBack(provider, granted, 'other_account')
  const others = await db.connection.count({ where: { provider: provider.name, externalUserId, personId: { not: personId }, status: { not: 'revoked' } } })
  if (others > 0) return 'taken'
  const purposes = asked.filter((purpose) => granted.purposes.includes(purpose))
  if (purposes.length === 0) return await giveBack(provider, granted, 'nothing_granted')
  const data = {
    externalUserId,
    status: 'active' as const,
    scopes: [...scopes],
    purposes,
    tokens: sealTokens(connectionId, tokens),
    tokensExpireAt: tokens.expiresAt === null ? null : new Date(tokens.expiresAt),
    lastProblem: null,
    revokedAt: null,
    connectedAt: new Date(now()),
  }
  await db.connection.upsert({ where: { id: connectionId }, create: { id: connectionId, personId, provider: provider.name, ...data }, update: data })
  // The hourly sweep finds what a runner that is away was not told.
  await emit(connectionMade, { connectionId }).catch(() => undefined)
  return 'connected'
}

/** What we may not keep is ended there as well, as far as it can be. */
async function giveBack(provider: Provider, { tokens, externalUserId }: Granted, outcome: ConnectOutcome): Promise<ConnectOutcome> {
  await provider.revoke({ token: tokens.access, externalUserId, patient: false }, tokens).catch(() => undefined)
  return outcome
}
