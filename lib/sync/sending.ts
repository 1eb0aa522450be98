import { z } from 'zod'
import { defineEvent } from '@/lib/platform/event'
import { ProviderName, Purpose } from './provider'

/** Its owner wants their record of a class handed to a provider. */
export const sendingAsked = defineEvent('sync/sending.asked', z.object({ sendingId: z.string() }))

/** Why a record is not there: the first two pass by themselves, unless they last for a day. */
export const SendingProblem = z.enum([
  'limited', // too many calls for now
  'away', // the provider does not answer
  'reconnect', // it takes our token no more
  'not_allowed', // it may not be sent: unticked there or here
  'unreadable', // it could not use the file
  'unclear', // it answered what we do not understand
  'no_samples', // what was recorded is not kept any longer
])
export type SendingProblem = z.infer<typeof SendingProblem>

/** A provider that takes recordings, for one record of a class. Instants are UTC ms. */
export const SendTarget = z.object({
  provider: ProviderName,
  /** What stands between the person and sending; `ready`: nothing. */
  access: z.enum(['ready', 'not_connected', 'reconnect', 'not_allowed']),
  /** What connecting asks for: sending, and what was agreed to before. */
  purposes: z.array(Purpose),
  sending: z
    .object({
      state: z.enum(['sending', 'sent', 'duplicate', 'refused']),
      url: z.string().nullable(),
      problem: SendingProblem.nullable(),
      retryAt: z.number().nullable(),
      endedAt: z.number().nullable(),
    })
    .nullable(),
})
export type SendTarget = z.infer<typeof SendTarget>
export const SendTargets = z.object({ targets: z.array(SendTarget) })

export const NewSending = z.strictObject({ provider: ProviderName })
