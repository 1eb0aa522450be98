import { z } from 'zod'
import { endpoint, person } from '@/lib/accounts/endpoint.server'
import { Profile, ProfileChange } from '@/lib/accounts/profile'
import { changeProfile, getProfile } from '@/lib/accounts/profile.server'

/** A guest is known per trainer: one of these says which. */
const query = z.object({ classId: z.string().optional(), trainerId: z.string().optional() })

export const GET = endpoint({
  summary: 'What a person has said about themselves: an account, or the guest of the trainer that the query names.',
  actor: person,
  query,
  answer: Profile,
  run: ({ actor }) => getProfile(actor.personId),
})

export const PATCH = endpoint({
  summary: 'Changes the given fields of a profile. Summaries that were waiting for one of them are computed.',
  actor: person,
  query,
  body: ProfileChange,
  // Each may start a job.
  rateLimit: { limit: 60, windowSeconds: 60, by: ({ actor }) => actor.personId },
  answer: Profile,
  run: ({ actor, body }) => changeProfile(actor.personId, body),
})
