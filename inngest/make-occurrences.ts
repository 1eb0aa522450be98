import { cron } from 'inngest'
import { makeOccurrences } from '@/lib/classes/make-occurrences.server'
import { inngest } from '@/lib/platform/event.server'

/** Every hour: the dates of the next eight weeks. A series that is made or changed has its own at once, without this job. */
export const makeOccurrencesAhead = inngest.createFunction(
  { id: 'make-occurrences', triggers: [cron('7 * * * *')], concurrency: 1, retries: 2 },
  async ({ step }) => await step.run('make', makeOccurrences),
)
