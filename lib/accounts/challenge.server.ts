import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { randomDigits, randomToken, sameText, sha256, sign } from '@/lib/platform/crypto.server'
import { db } from '@/lib/platform/db.server'
import { env } from '@/lib/platform/env.server'
import { newId } from '@/lib/platform/id'
import { confirmUrl, safeReturnTo } from './return-to'

const MINUTE_MS = 60_000
export const CODE_MINUTES = 10
export const LINK_MINUTES = 30
const MAX_ATTEMPTS = 5
/** With five tries a code, this keeps a guesser's chance below 1 in 10,000 an hour. */
const MAX_PER_HOUR = 15
const FORGOTTEN_MS = 24 * 60 * MINUTE_MS

export type Challenge = {
  readonly challengeId: string
  readonly email: string
  readonly code: string
  readonly link: string
  readonly claimedName: string | null
}
export type SolvedChallenge = {
  readonly email: string
  readonly name: string | null
  readonly claimPersonId: string | null
  readonly returnTo: string
}

export const normaliseEmail = (email: string): string => email.trim().toLowerCase()

/**
 * One e-mail's worth of signing in: a link that lives 30 minutes and a code that lives 10, either usable once. Only hashes are stored.
 * `claimPersonId` is a guest whose history the address takes over. Throws `too_many_requests`.
 */
export async function createChallenge(wanted: {
  email: string
  name?: string | undefined
  returnTo?: string | undefined
  claimPersonId?: string | undefined
}): Promise<Challenge> {
  const email = normaliseEmail(wanted.email)
  const id = newId('sic')
  const token = randomToken()
  const code = randomDigits(6)
  const returnTo = safeReturnTo(wanted.returnTo)
  const row = await db.$transaction(async (tx) => {
    // One at a time for each address: of many that ask at once, none may count before another is written down.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`challenge:${email}`}, 0))`
    const recent = await tx.signInChallenge.count({ where: { email, createdAt: { gt: new Date(now() - 60 * MINUTE_MS) } } })
    if (recent >= MAX_PER_HOUR)
      throw new AppError('too_many_requests', 'Too many sign-in e-mails were asked for. Use the newest one, or try again in an hour.')
    return await tx.signInChallenge.create({
      data: {
        id,
        email,
        name: wanted.name ?? null,
        tokenHash: sha256(token),
        codeHash: hashCode(id, code),
        returnTo,
        claimPersonId: wanted.claimPersonId ?? null,
        createdAt: new Date(now()),
        expiresAt: new Date(now() + LINK_MINUTES * MINUTE_MS),
      },
      include: { claimPerson: { select: { name: true } } },
    })
  })
  return { challengeId: id, email, code, link: confirmUrl(env().APP_URL, token, returnTo), claimedName: row.claimPerson?.name ?? null }
}

/** A link that signs an address in without a mail: for the demo trainer of a first start. */
export async function createSignInLink(wanted: { email: string; name?: string; returnTo?: string }): Promise<string> {
  return (await createChallenge(wanted)).link
}

/** Throws `invalid_code` for a wrong one, `expired` when it is used, too old, or was guessed at five times. */
export async function solveByCode(challengeId: string, code: string): Promise<SolvedChallenge> {
  // Counted before it is compared, in one statement, so that parallel guesses cannot share a try.
  const { count } = await db.signInChallenge.updateMany({
    where: { id: challengeId, usedAt: null, attempts: { lt: MAX_ATTEMPTS }, createdAt: { gt: new Date(now() - CODE_MINUTES * MINUTE_MS) } },
    data: { attempts: { increment: 1 } },
  })
  if (count === 0) throw new AppError('expired', 'This code no longer works. Ask for a new e-mail.')
  const row = await db.signInChallenge.findUniqueOrThrow({ where: { id: challengeId } })
  if (!sameText(row.codeHash, hashCode(challengeId, code.replace(/\s/g, '')))) {
    throw new AppError('invalid_code', 'That is not the code from the newest e-mail. Check the six digits.')
  }
  return await spend(row)
}

/** Throws `expired` for a link that is unknown, used or too old; it does not say which. */
export async function solveByToken(token: string): Promise<SolvedChallenge> {
  const row = await db.signInChallenge.findUnique({ where: { tokenHash: sha256(token) } })
  if (!row || row.expiresAt.getTime() <= now()) throw gone()
  return await spend(row)
}

async function spend(row: SolvedChallenge & { id: string }): Promise<SolvedChallenge> {
  const { count } = await db.signInChallenge.updateMany({ where: { id: row.id, usedAt: null }, data: { usedAt: new Date(now()) } })
  if (count === 0) throw gone()
  return { email: row.email, name: row.name, claimPersonId: row.claimPersonId, returnTo: row.returnTo }
}

/** Nightly. Anybody may type any address: it is not kept for long. */
export async function forgetChallenges(): Promise<number> {
  return (await db.signInChallenge.deleteMany({ where: { createdAt: { lt: new Date(now() - FORGOTTEN_MS) } } })).count
}

const gone = (): AppError => new AppError('expired', 'This link was used already or is too old. Ask for a new e-mail.')

/** Keyed, because a million possible codes would be read out of a plain hash at once. */
const hashCode = (challengeId: string, code: string): string => sign('sign-in-code', `${challengeId}.${code}`)
