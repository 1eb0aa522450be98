import type { z } from 'zod'

/** Something that happened, named `domain/noun.happened`, declared beside its noun. */
export type EventDefinition<Name extends string = string, Schema extends EventSchema = EventSchema> = {
  readonly name: Name
  readonly schema: Schema
}
export type EventSchema = z.ZodType<Record<string, unknown>, Record<string, unknown>>

/** The schema must not transform: what is sent is what arrives. */
export const defineEvent = <Name extends `${string}/${string}.${string}`, Schema extends EventSchema>(
  name: Name,
  schema: Schema,
): EventDefinition<Name, Schema> => ({
  name,
  schema,
})
