import { z } from 'zod'

/** What a figure may lack, in the profile's terms. */
export const Need = z.enum(['age_or_hrmax', 'hrrest', 'sex', 'weight', 'age', 'threshold_power', 'heart_rate', 'recovery_minute'])
export type Need = z.infer<typeof Need>

export type Figure<T> = { outcome: 'computed'; value: T } | { outcome: 'not_computed'; needs: Need[] }

/** A figure as it is stored: its value, or what it lacks. */
export const figureOf = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('outcome', [z.object({ outcome: z.literal('computed'), value }), z.object({ outcome: z.literal('not_computed'), needs: z.array(Need) })])

export type Given = Partial<Record<Need, unknown>>
export type Known<G> = { [N in keyof G]: NonNullable<G[N]> }
const isKnown = <G extends Given>(given: G): given is G & Known<G> => Object.values(given).every((value) => value !== null)

/** Computes from what is given, or names what is not. An age also gives a maximum, so where both lack the age is asked for. */
export function computeFigure<G extends Given, T>(given: G, compute: (known: Known<G>) => T): Figure<T> {
  if (isKnown(given)) return { outcome: 'computed', value: compute(given) }
  const needs = Need.options.filter((need) => given[need] === null)
  return { outcome: 'not_computed', needs: needs.filter((need) => need !== 'age_or_hrmax' || !needs.includes('age')) }
}
