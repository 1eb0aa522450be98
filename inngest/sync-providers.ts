import { cron } from 'inngest'
import { now } from '@/lib/platform/clock'
import { inngest, on } from '@/lib/platform/event.server'
import { connectionMade, pastAsked, webhookTaken } from '@/lib/sync/connection'
import { finishEndings } from '@/lib/sync/end-connection.server'
import { type Progress, readDue, readPast, remindOfPasts } from '@/lib/sync/read-connection.server'
import { carrySending } from '@/lib/sync/send-recording.server'
import { sendingAsked } from '@/lib/sync/sending'
import { ensureSubscription, listDue, purgeSync, remindOfDeliveries, remindOfSendings, resealTokens, tendSubscriptions } from '@/lib/sync/tend.server'
import { handleDelivery } from '@/lib/sync/webhook.server'

/** As many times as a job goes on or comes back later before the hourly sweep takes over. */
const TURNS = 200

/** Only what this file uses of a job's `step`, so that one loop serves all. */
type Steps = {
  run(id: string, work: () => Promise<Progress>): Promise<Progress>
  sleepUntil(id: string, at: Date): Promise<void>
}

async function until(step: Steps, work: () => Promise<Progress>): Promise<{ turns: number }> {
  for (let turn = 1; turn <= TURNS; turn++) {
    const progress = await step.run(`turn-${turn}`, work)
    if (progress.outcome === 'done') return { turns: turn }
    if (progress.outcome === 'later') await step.sleepUntil(`wait-${turn}`, new Date(Math.max(progress.at, now() + 1_000)))
  }
  return { turns: TURNS }
}

/** A provider said something: ask it what is true. */
export const followWebhook = inngest.createFunction(
  { id: 'follow-webhook', triggers: [on(webhookTaken)], retries: 5, concurrency: 10 },
  async ({ event, step }) => await until(step, () => handleDelivery(event.data.deliveryId)),
)

/** Somebody has just connected: fetch what there is. */
export const readNewConnection = inngest.createFunction(
  { id: 'read-new-connection', triggers: [on(connectionMade)], retries: 5, concurrency: 10 },
  async ({ event, step }) => {
    await step.run('subscription', () => ensureSubscription(event.data.connectionId))
    return await until(step, () => readDue(event.data.connectionId))
  },
)

/** Somebody wants what was before: a slice a step, newest first. */
export const readThePast = inngest.createFunction(
  { id: 'read-the-past', triggers: [on(pastAsked)], retries: 5, concurrency: 3 },
  async ({ event, step }) => await until(step, () => readPast(event.data.connectionId)),
)

/** Somebody sends their record of a class to a provider. */
export const sendOn = inngest.createFunction(
  { id: 'send-on', triggers: [on(sendingAsked)], retries: 5, concurrency: 5 },
  async ({ event, step }) => await until(step, () => carrySending(event.data.sendingId)),
)

/** Every hour: what webhooks did not tell, what may not be kept longer, deletions and endings that were interrupted. */
export const reconcileProviders = inngest.createFunction(
  { id: 'reconcile-providers', triggers: [cron('17 * * * *')], concurrency: 1, retries: 0 },
  async ({ step }) => {
    const purged = await step.run('purge', purgeSync)
    const finished = await step.run('finish-endings', finishEndings)
    const reminded = await step.run('remind', remindOfDeliveries)
    const resent = await step.run('remind-of-sendings', remindOfSendings)
    const resumed = await step.run('remind-of-pasts', remindOfPasts)
    const due = await step.run('due', listDue)
    for (const connectionId of due) await step.run(`read-${connectionId}`, () => readDue(connectionId))
    return { purged, finished, reminded, resent, resumed, read: due.length }
  },
)

/** Every day: subscriptions that slept or are gone, and secrets under an older key. */
export const tendProviders = inngest.createFunction(
  { id: 'tend-providers', triggers: [cron('41 4 * * *')], concurrency: 1, retries: 2 },
  async ({ step }) => ({ tended: await step.run('subscriptions', tendSubscriptions), sealed: await step.run('seal-anew', resealTokens) }),
)
