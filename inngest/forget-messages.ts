import { cron } from 'inngest'
import { forgetOldMessages } from '@/lib/classes/message.server'
import { inngest } from '@/lib/platform/event.server'

/** Nightly: messages whose time is over go for good. */
export const forgetMessages = inngest.createFunction(
  { id: 'forget-messages', triggers: [cron('20 3 * * *')], concurrency: 1, retries: 2 },
  async ({ step }) => ({ forgotten: await step.run('forget', forgetOldMessages) }),
)
