import { cron } from 'inngest'
import { forgetAddresses } from '@/lib/classes/forget-addresses.server'
import { sendReminders } from '@/lib/classes/remind.server'
import { mailThreadDigests } from '@/lib/classes/thread-digest.server'
import { forgetOldNotices } from '@/lib/notifications/sent-notice.server'
import { inngest } from '@/lib/platform/event.server'

/** Once a minute: reminders that are due, threads that have settled, and what need not be known any more. Each step may run again. */
export const sendDueNotices = inngest.createFunction(
  { id: 'send-due-notices', triggers: [cron('* * * * *')], concurrency: 1, retries: 0 },
  async ({ step }) => ({
    reminded: await step.run('remind', sendReminders),
    threads: await step.run('thread-digests', mailThreadDigests),
    addresses: await step.run('forget-addresses', forgetAddresses),
    notices: await step.run('forget-notices', forgetOldNotices),
  }),
)
