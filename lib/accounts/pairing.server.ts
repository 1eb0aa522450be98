import 'server-only'
import { z } from 'zod'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { randomToken, sign } from '@/lib/platform/crypto.server'
import { randomCode } from '@/lib/platform/id'
import { redis } from '@/lib/platform/redis.server'
import { Audience, CODE_LENGTH, type OfferedCode, ScreenPart, type TvAsked } from './device'

/**
 * Six characters that make another device part of one class: 30 bits, for ten minutes, good once, five wrong tries. Redis holds them
 * under a keyed hash, so whoever reads it has no code, and comparing one tells nothing by its time. A code that is wrong, used,
 * expired or meant for something else gets one and the same answer.
 */
const LIFE_S = 600
const TRIES = 5

/** What a code stands for: its giver's word that the taker may act for them, or a television that asks to be let in. */
const Offer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('screen'), personId: z.string(), classId: z.string(), part: ScreenPart }),
  z.object({ kind: z.literal('remote'), personId: z.string(), classId: z.string() }),
  z.object({ kind: z.literal('tv'), asker: z.string() }),
])
type Offer = z.infer<typeof Offer>
type Kind = Offer['kind']
const Approval = z.object({ personId: z.string(), classId: z.string(), audience: Audience })
export type Approval = z.infer<typeof Approval>

const hashed = (what: string, value: string): string => `pairing:${what}:${sign(`pairing-${what}`, value)}`

/** Hands out a code for another device of this person's in this class. Throws `unavailable`. */
export const offerCode = (offer: Extract<Offer, { kind: 'screen' | 'remote' }>): Promise<OfferedCode> => keepOffer(offer)

async function keepOffer(offer: Offer): Promise<OfferedCode> {
  for (;;) {
    const code = randomCode(CODE_LENGTH)
    const kept = await asked(redis().set(hashed('code', code), offer, { nx: true, ex: LIFE_S }))
    if (kept !== null) return { code, expiresAt: now() + LIFE_S * 1000 }
  }
}

/**
 * Takes what a code stands for, once: of two that come at the same moment one gets it. `from`: the caller's address, which has five
 * wrong tries in ten minutes; a code that is tried five times for something it is not meant for is dead too. Throws `invalid_code`,
 * `too_many_requests`, `unavailable`: unlike a rate limit this fails closed.
 */
export async function takeCode<K extends Kind>(code: string, kinds: readonly K[], from: string): Promise<Extract<Offer, { kind: K }>> {
  const tries = hashed('from', from)
  // Counted before the code is looked at: tries that come together are counted together.
  const [count] = await asked(redis().pipeline().incr(tries).expire(tries, LIFE_S).exec<[number, number]>())
  if (count > TRIES) throw new AppError('too_many_requests', 'That was wrong too often. Wait ten minutes and ask for a new code.')
  const key = hashed('code', code)
  const found = Offer.safeParse(await asked(redis().get(key)))
  if (!found.success) throw wrong()
  if (!kinds.some((kind) => kind === found.data.kind)) {
    await countMisuse(key)
    throw wrong()
  }
  const taken = Offer.safeParse(await asked(redis().getdel(key)))
  if (!taken.success) throw wrong()
  await asked(redis().decr(tries))
  return taken.data as Extract<Offer, { kind: K }>
}

async function countMisuse(key: string): Promise<void> {
  const [misused] = await asked(redis().pipeline().incr(`${key}:misused`).expire(`${key}:misused`, LIFE_S).exec<[number, number]>())
  if (misused >= TRIES) await asked(redis().del(key))
}

/** A television asks: the code is for the trainer to read off it, the secret for the television alone. */
export async function askForTv(): Promise<TvAsked> {
  const secret = randomToken()
  return { ...(await keepOffer({ kind: 'tv', asker: hashed('tv', secret) })), secret }
}

/** The trainer types a television's code. Throws as `takeCode`. */
export async function approveTv(code: string, approval: Approval, from: string): Promise<void> {
  const { asker } = await takeCode(code, ['tv'], from)
  await asked(redis().set(asker, approval, { ex: LIFE_S }))
}

/** What the trainer has said to this television, once; undefined while nothing is said. Throws `unavailable`. */
export async function claimTv(secret: string): Promise<Approval | undefined> {
  const said = await asked(redis().getdel(hashed('tv', secret)))
  return said === null ? undefined : Approval.parse(said)
}

const wrong = (): AppError => new AppError('invalid_code', 'This code is wrong, used or older than ten minutes. Ask for a new one.')

async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch {
    throw new AppError('unavailable', 'Codes cannot be checked just now. Try again in a few seconds.')
  }
}
