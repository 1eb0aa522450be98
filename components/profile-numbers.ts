/** Figures are kept in cm and kg; the form shows and takes them in the person's units. */
export type Units = 'metric' | 'imperial'
export type Measure = 'heightCm' | 'weightKg' | 'birthYear' | 'hrmaxBpm' | 'hrrestBpm' | 'thresholdWatts'

const CM_PER_INCH = 2.54
const KG_PER_POUND = 0.45359237
const unitOf = (measure: Measure, units: Units): number => (units === 'metric' ? 1 : measure === 'heightCm' ? CM_PER_INCH : measure === 'weightKg' ? KG_PER_POUND : 1)

const DECIMALS: Readonly<Record<Measure, number>> = { heightCm: 1, weightKg: 1, birthYear: 0, hrmaxBpm: 0, hrrestBpm: 0, thresholdWatts: 0 }
const round = (value: number, decimals: number): number => Number(value.toFixed(decimals))

/** What stands in the field: one decimal at most, nothing for "not said". */
export const shownNumber = (measure: Measure, value: number | null, units: Units): string => (value === null ? '' : String(round(value / unitOf(measure, units), DECIMALS[measure])))

/** The lowest and highest that the field takes, in the person's units. */
export const shownRange = (measure: Measure, [from, to]: readonly [number, number], units: Units): readonly [number, number] => [
  Math.ceil(from / unitOf(measure, units)),
  Math.floor(to / unitOf(measure, units)),
]

/** The number that was typed, in our units; null for an empty field, undefined for what is no number. A comma is a decimal point. */
export const readNumber = (measure: Measure, text: string, units: Units): number | null | undefined => {
  const typed = text.trim().replace(',', '.')
  if (typed === '') return null
  const value = Number(typed)
  if (!Number.isFinite(value) || (DECIMALS[measure] === 0 && !Number.isInteger(value))) return undefined
  return value * unitOf(measure, units)
}
