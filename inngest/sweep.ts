import { cron } from 'inngest'
import { inngest } from '@/lib/platform/event.server'
import { closeAbandonedRooms } from '@/lib/room/run-room.server'
import { sweepRoomPlaces } from '@/lib/room/room-places.server'
import { recomputeDirty, summariseForgotten } from '@/lib/summaries/summarise-class.server'
import { mailSummaries } from '@/lib/summaries/summary-link.server'

/** Once a minute: what late samples changed, what the jobs missed, doors and waiting lines, and rooms that trainers forgot. Each step may run again. */
export const sweep = inngest.createFunction(
  { id: 'sweep', triggers: [cron('* * * * *')], concurrency: 1, retries: 0 },
  async ({ step }) => ({
    recomputed: await step.run('recompute', recomputeDirty),
    summarised: await step.run('summarise-forgotten', summariseForgotten),
    mailed: await step.run('mail', () => mailSummaries()),
    doors: await step.run('doors-and-lines', sweepRoomPlaces),
    closed: await step.run('close-abandoned', closeAbandonedRooms),
  }),
)
