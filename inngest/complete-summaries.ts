import { profileChanged } from '@/lib/accounts/profile'
import { inngest, on } from '@/lib/platform/event.server'
import { completeSummaries } from '@/lib/summaries/summarise-class.server'

/** Figures that lacked something are computed when it comes. */
export const completeSummariesOfProfile = inngest.createFunction(
  { id: 'complete-summaries', triggers: [on(profileChanged)] },
  async ({ event, step }) => {
    await step.run('complete', () => completeSummaries(event.data.personId))
  },
)
