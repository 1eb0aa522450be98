import { z } from 'zod'

// PostgreSQL's text cannot hold the character zero
const Text = z.string().refine((text) => !text.includes('\0'), 'must not contain the character zero')
const Label = z.string().transform((text) => text.replaceAll('\0', ''))

/** The Inngest SDK's HTTP protocol, version 4.24: what the app registers, sends and answers. Unknown fields are kept where they travel on. */
export const EventPayload = z.looseObject({
  id: Text.min(1).max(500).optional(),
  name: Text.min(1).max(256),
  ts: z.number().optional(),
  data: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((data) => data ?? {}),
})
export type EventPayload = z.infer<typeof EventPayload>

const Limit = z.strictObject({ limit: z.number().int().min(1), key: z.string().optional(), scope: z.string().optional() })

export const FunctionConfig = z.looseObject({
  id: z.string(),
  name: z.string().optional(),
  triggers: z.array(
    z.union([
      z.object({ event: z.string(), expression: z.string().optional() }),
      z.object({ cron: z.string(), jitter: z.unknown().optional() }),
    ]),
  ),
  steps: z.object({
    step: z.looseObject({
      runtime: z.looseObject({ type: z.literal('http'), url: z.url() }),
      retries: z.looseObject({ attempts: z.number().int().min(0).max(20).optional() }).optional(),
    }),
  }),
  concurrency: z
    .union([z.number().int().min(1), Limit, z.array(Limit)])
    .optional()
    .transform(
      (value) =>
        (value === undefined ? [] : typeof value === 'number' ? [{ limit: value }] : Array.isArray(value) ? value : [value]) as z.infer<
          typeof Limit
        >[],
    ),
  debounce: z.strictObject({ period: z.string(), timeout: z.string().optional(), key: z.string().optional() }).optional(),
  idempotency: z.string().optional(),
  cancel: z.array(z.strictObject({ event: z.string(), if: z.string().optional(), timeout: z.string().optional() })).default([]),
})
export type FunctionConfig = z.infer<typeof FunctionConfig>

export const Registration = z.looseObject({ functions: z.array(z.unknown()) })

const DEFAULT_RETRIES = 3
export const maxAttemptsOf = (config: FunctionConfig): number => (config.steps.step.retries?.attempts ?? DEFAULT_RETRIES) + 1

/** One thing the SDK found, ran or wants. */
export const Op = z.looseObject({
  id: z.string(),
  op: z.string(),
  name: Label.nullish(),
  displayName: Label.nullish(),
  opts: z.record(z.string(), z.unknown()).nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
})
export type Op = z.infer<typeof Op>

export const WaitOptions = z.looseObject({ timeout: z.string(), if: z.string().optional() })
export const InvokeOptions = z.looseObject({
  function_id: z.string(),
  payload: z.looseObject({ data: z.record(z.string(), z.unknown()).nullish() }).default({}),
  timeout: z.string().optional(),
})

/** How a step ended, exactly as the SDK reads it back. */
export type StepResult = { type: 'data'; data: unknown } | { type: 'error'; error: unknown }
export const errorResult = (message: string, name = 'Error'): StepResult => ({
  type: 'error',
  error: { name, message, stack: '', __serialized: true },
})

export const INVOKED = 'inngest/function.invoked'
export const FAILED = 'inngest/function.failed'
export const FINISHED = 'inngest/function.finished'
export const CANCELLED = 'inngest/function.cancelled'
export const SCHEDULED = 'inngest/scheduled.timer'

/** Whether an event's name is the one a trigger names; a trailing `*` stands for any ending. */
export const nameMatches = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name
