import { workoutEnded } from '@/lib/classes/class-event'
import { inngest, on } from '@/lib/platform/event.server'
import { summariseClass } from '@/lib/summaries/summarise-class.server'
import { mailSummaries } from '@/lib/summaries/summary-link.server'

/**
 * A first summary at once, one when the last fifteen seconds have been sent, and the final one after the minute of recovery
 * (`SETTLED_MS` is 70 s); then the mails. What comes later is the sweep's.
 */
export const summariseEndedClass = inngest.createFunction(
  { id: 'summarise-ended-class', triggers: [on(workoutEnded)], idempotency: 'event.data.classId', retries: 5 },
  async ({ event, step }) => {
    const { classId } = event.data
    await step.run('first', () => summariseClass(classId))
    await step.sleep('last-uploads', '20s')
    await step.run('with-last-uploads', () => summariseClass(classId))
    await step.sleep('recovery-minute', '52s')
    await step.run('final', () => summariseClass(classId))
    return await step.run('mail', () => mailSummaries({ classId }))
  },
)
