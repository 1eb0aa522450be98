import { cron } from 'inngest'
import { forgetChallenges } from '@/lib/accounts/challenge.server'
import { forgetOldMessages } from '@/lib/classes/message.server'
import { inngest } from '@/lib/platform/event.server'

/** Nightly: messages whose time is over, and addresses that were typed to sign in, go for good. */
export const forgetMessages = inngest.createFunction(
  { id: 'forget-messages', triggers: [cron('20 3 * * *')], concurrency: 1, retries: 2 },
  async ({ step }) => ({
    forgotten: await step.run('forget', forgetOldMessages),
    challenges: await step.run('forget-challenges', forgetChallenges),
  }),
)
