import 'server-only'
import { createHash } from 'node:crypto'
import { Environment } from '@marcbachmann/cel-js'
import type { EventPayload } from './runner-protocol'

/** `event`: what started the run; `async`: what arrived later. */
export type Scope = { event: EventPayload | undefined; async?: EventPayload }

const environment = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false })

/** Throws when the text is no CEL. */
export const checkExpression = (expression: string): void => void environment.parse(expression)

/** As Inngest: an expression that cannot be evaluated, such as one that reads a missing field, does not match. */
export function matches(expression: string | null | undefined, scope: Scope): boolean {
  if (expression === null || expression === undefined || expression === '') return true
  try {
    return environment.parse(expression)(scope) === true
  } catch {
    return false
  }
}

/** The key that an expression gives for an event; null when it reads a missing field. */
export function keyOf(expression: string, scope: Scope): string | null {
  try {
    const value: unknown = environment.parse(expression)(scope)
    const text =
      typeof value === 'string' ? value : JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part))
    // an index takes no long keys, and a text column no character zero
    return /^[\w@.:-]{1,100}$/.test(text) ? text : createHash('sha256').update(text).digest('hex')
  } catch {
    return null
  }
}
