import 'server-only'
import { Cron } from 'croner'
import { z } from 'zod'
import { durationMs } from './runner-duration'
import { checkExpression, keyOf } from './runner-expression.server'
import { type EventPayload, FunctionConfig } from './runner-protocol'

/** Options of Inngest that this runner does not have. They are refused by name, because an option that is quietly ignored is a bug elsewhere. */
const UNSUPPORTED = ['batchEvents', 'throttle', 'rateLimit', 'singleton', 'priority', 'timeouts'] as const
const KNOWN = ['id', 'name', 'triggers', 'steps', 'concurrency', 'debounce', 'idempotency', 'cancel']

/** @throws Error with one sentence that names the function and what is wrong with it. */
export function readFunction(input: unknown): FunctionConfig {
  const parsed = FunctionConfig.safeParse(input)
  if (!parsed.success)
    throw new Error(`Function ${idOf(input)} cannot be registered: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`)
  const config = parsed.data
  const refuse = (why: string): never => {
    throw new Error(`Function ${config.id} cannot be registered: ${why}`)
  }
  for (const [option, value] of Object.entries(config)) {
    if (value === undefined || KNOWN.includes(option)) continue
    const name = UNSUPPORTED.find((unsupported) => unsupported === option) ?? option
    refuse(
      `the option \`${name}\` is not supported by this runner. Supported: retries, concurrency, debounce, idempotency, cancelOn, cron, onFailure.`,
    )
  }
  if (config.concurrency.length > 2) refuse('at most 2 concurrency limits')
  for (const { scope } of config.concurrency)
    if (scope !== undefined && scope !== 'fn') refuse(`the concurrency scope \`${scope}\` is not supported by this runner`)
  const expressions = [
    config.idempotency,
    config.debounce?.key,
    ...config.concurrency.map(({ key }) => key),
    ...config.cancel.map((cancel) => cancel.if),
    ...config.triggers.map((trigger) => ('event' in trigger ? trigger.expression : undefined)),
  ]
  for (const expression of expressions) {
    try {
      if (expression !== undefined) checkExpression(expression)
    } catch {
      refuse(`\`${expression}\` is not a CEL expression`)
    }
  }
  const durations = [config.debounce?.period, config.debounce?.timeout, ...config.cancel.map(({ timeout }) => timeout)]
  for (const duration of durations) if (duration !== undefined && durationMs(duration) === null) refuse(`\`${duration}\` is not a duration`)
  for (const trigger of config.triggers) {
    if (!('cron' in trigger)) continue
    if (trigger.jitter !== undefined) refuse('the option `jitter` is not supported by this runner')
    try {
      nextTick(trigger.cron, 0)
    } catch {
      refuse(`\`${trigger.cron}\` is not a cron pattern`)
    }
  }
  return config
}

const idOf = (input: unknown): string => (typeof input === 'object' && input !== null && 'id' in input ? String(input.id) : 'without an id')

/** The first tick after `afterMs`, in UTC unless the pattern says `TZ=…`; null when there is none any more. */
export function nextTick(cron: string, afterMs: number): number | null {
  const [, timezone, pattern] = /^TZ=(\S+)\s+(.+)$/.exec(cron) ?? [null, 'UTC', cron]
  return new Cron(pattern ?? cron, { timezone, paused: true }).nextRun(new Date(afterMs))?.getTime() ?? null
}

/** One key for each concurrency limit of the function: runs with the same key share the limit. */
export function limitKeysOf(config: FunctionConfig, event: EventPayload | undefined): string[] {
  return config.concurrency.map(({ key }, index) => `${config.id}#${index}#${key === undefined ? '' : (keyOf(key, { event }) ?? '')}`)
}

/** The limit behind a key of `limitKeysOf`; unlimited when the function changed meanwhile. */
export function limitOf(functions: ReadonlyMap<string, FunctionConfig>, limitKey: string): number {
  const [functionId = '', index = ''] = limitKey.split('#')
  return functions.get(functionId)?.concurrency[Number(index)]?.limit ?? Number.POSITIVE_INFINITY
}
