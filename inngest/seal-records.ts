import { cron } from 'inngest'
import { inngest } from '@/lib/platform/event.server'
import { ageOutRuns, sealRuns } from '@/lib/telemetry/seal.server'

/** Batches of one night; what is left waits for the next. */
const BATCHES = 500

/** At night: runs that are complete for good take less room, and those that their owners do not keep any longer go. */
export const sealRecords = inngest.createFunction(
  { id: 'seal-records', triggers: [cron('23 3 * * *')], concurrency: 1 },
  async ({ step }) => {
    const done = { aged: 0, sealed: 0 }
    for (let batch = 0; batch < BATCHES; batch++) {
      const aged = await step.run(`age-out-${batch}`, ageOutRuns)
      const sealed = await step.run(`seal-${batch}`, sealRuns)
      done.aged += aged
      done.sealed += sealed
      if (aged === 0 && sealed === 0) break
    }
    return done
  },
)
