import { z } from 'zod'
import { defineEvent } from '@/lib/platform/event'
import { ProviderName, Purpose } from './provider'

/** A person said yes there, for the first time or again: what there is can be fetched. */
export const connectionMade = defineEvent('sync/connection.made', z.object({ connectionId: z.string() }))
/** A provider said something; what it was is kept with the delivery. */
export const webhookTaken = defineEvent('sync/webhook.taken', z.object({ deliveryId: z.string() }))
/** Its owner asked for the days before connecting. */
export const pastAsked = defineEvent('sync/past.asked', z.object({ connectionId: z.string() }))

export const NewConnection = z.object({
  provider: ProviderName,
  purposes: z.array(Purpose).min(1).max(2),
  returnTo: z.string().max(200).regex(/^\/[^/\\]/).optional(),
})
export type NewConnection = z.infer<typeof NewConnection>

/**
 * How far reading backwards has come; times are UTC ms. `reachedMs`: everything from there on has been looked at. `aliveMs`: until then a
 * job is at it, or waits; later the hourly sweep goes on with it.
 */
export const Past = z.object({
  state: z.enum(['running', 'waiting', 'asked', 'done']),
  fromMs: z.number(),
  toMs: z.number(),
  reachedMs: z.number(),
  page: z.string().nullable(),
  found: z.number().int(),
  aliveMs: z.number().default(0),
})
export type Past = z.infer<typeof Past>

/** Ends a connection; `erase`: what came over it goes too. What a source shows to its owner only goes in any case. */
export const EndConnection = z.object({ erase: z.boolean() })

/** Why a connection does not bring anything just now; the words are the page's. */
export const ConnectionProblem = z.enum([
  'reconnect', // the provider takes our token no more
  'consent_missing', // what we need is switched off in the person's settings there
  'limited', // too many calls for now
  'away', // the provider does not answer
  'nonsense', // it answered what we do not understand
])
export type ConnectionProblem = z.infer<typeof ConnectionProblem>

/** How coming back from the provider ended, in the address of the page. */
export const ConnectOutcome = z.enum(['connected', 'denied', 'expired', 'other_account', 'taken', 'nothing_granted', 'consent_missing', 'away', 'sign_in'])
export type ConnectOutcome = z.infer<typeof ConnectOutcome>
