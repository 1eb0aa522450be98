import { z } from 'zod'
import { ConnectionProblem, Past } from './connection'
import { ProviderName, Purpose } from './provider'

/** One provider as its own person sees it. Instants are UTC ms. */
export const ConnectionCard = z.object({
  provider: ProviderName,
  /** Whether this installation has its keys. */
  setUp: z.boolean(),
  purposes: z.array(Purpose),
  /** Days that only its owner may see, and how long; null: the owner may show them to others. */
  ownerOnlyDays: z.number().nullable(),
  rawDays: z.number(),
  pastDays: z.number().nullable(),
  /** The trainers who see what came from here, and since when; null: nobody may, whatever its owner says. */
  sharedWith: z.array(z.object({ trainerId: z.string(), name: z.string(), since: z.number() })).nullable(),
  connection: z
    .object({
      connectionId: z.string(),
      status: z.enum(['active', 'needs_reconnect', 'ending', 'ended']),
      purposes: z.array(Purpose),
      connectedAt: z.number(),
      endedAt: z.number().nullable(),
      lastSyncAt: z.number().nullable(),
      problem: ConnectionProblem.nullable(),
      activities: z.number().int(),
      past: Past.nullable(),
    })
    .nullable(),
  certificate: z.object({ certificateId: z.string(), completedAt: z.number().nullable(), counts: z.record(z.string(), z.number()) }).nullable(),
})
export type ConnectionCard = z.infer<typeof ConnectionCard>
export const ConnectionCards = z.object({ connections: z.array(ConnectionCard) })
