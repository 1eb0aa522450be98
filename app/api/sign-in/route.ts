import { z } from 'zod'
import { findPerson } from '@/lib/accounts/caller.server'
import { createChallenge } from '@/lib/accounts/challenge.server'
import { anyone, endpoint } from '@/lib/accounts/endpoint.server'
import { mailSignIn } from '@/lib/notifications/sign-in-mail.server'
import { oneLine } from '@/lib/platform/one-line'

export const POST = endpoint({
  summary: 'Mails a sign-in link and a six-digit code to an address. With `claim`, the guest who asks takes their classes along.',
  actor: anyone,
  query: z.object({ classId: z.string().optional(), trainerId: z.string().optional() }),
  body: z
    .object({
      email: z.string().trim().max(254).pipe(z.email('Check the e-mail address.')),
      name: z.string().overwrite(oneLine).min(1).max(60).optional(),
      returnTo: z.string().max(500).optional(),
      claim: z.boolean().default(false),
    })
    .strict(),
  answer: z.object({ challengeId: z.string() }),
  // A studio, or a carrier's whole town, is one address; how often one mailbox is written to, createChallenge counts.
  rateLimit: { limit: 60, windowSeconds: 600 },
  async run({ body: { email, name, returnTo, claim }, query, request }) {
    const caller = claim ? await findPerson(request, query) : undefined
    const challenge = await createChallenge({
      email,
      name,
      returnTo,
      claimPersonId: caller?.kind === 'guest' ? caller.personId : undefined,
    })
    await mailSignIn(challenge)
    return { challengeId: challenge.challengeId }
  },
})
