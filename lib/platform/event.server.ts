import 'server-only'
import { eventType, Inngest, staticSchema } from 'inngest'
import type { z } from 'zod'
import { AppError } from './app-error'
import type { EventDefinition, EventSchema } from './event'
import { log } from './log.server'

/**
 * The job client. It reads INNGEST_BASE_URL, INNGEST_DEV, INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY itself, by those names, so that the
 * route that serves the jobs can be built without settings.
 */
export const inngest = new Inngest({ id: 'pulseroom' })

/** A job's trigger for one of our events; gives the job its typed `event.data`, which `emit` has checked. */
export const on = <Name extends string, Schema extends EventSchema>(event: EventDefinition<Name, Schema>) =>
  eventType(event.name, { schema: staticSchema<z.output<Schema>>() })

/**
 * Says that something happened. The same `id` within a day is one event, so a caller may say it again after a failure.
 * Throws `unavailable` when the runner does not take it.
 */
export async function emit<Name extends string, Schema extends EventSchema>(
  event: EventDefinition<Name, Schema>,
  data: z.input<Schema>,
  id?: string,
): Promise<void> {
  const checked = event.schema.parse(data)
  try {
    await inngest.send({ name: event.name, data: checked, ...(id === undefined ? {} : { id }) })
  } catch (error) {
    log.error({ err: error, event: event.name }, 'the job runner did not take an event')
    throw new AppError('unavailable', 'This could not be finished just now. Try again in a few seconds.')
  }
}
