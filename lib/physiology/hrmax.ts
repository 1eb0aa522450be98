export type Sex = 'female' | 'male'

/** 208 − 0.7 · age. Tanaka, Monahan & Seals, J Am Coll Cardiol 2001;37:153-6 (351 studies, 18 712 people, both sexes). */
export const tanakaHrmax = (ageYears: number): number => 208 - 0.7 * ageYears

/** 206 − 0.88 · age, for women. Gulati et al., Circulation 2010;122:130-7 (5 437 asymptomatic women). */
export const gulatiHrmax = (ageYears: number): number => 206 - 0.88 * ageYears

/**
 * HRmax in whole bpm, guessed from age. Tanaka, because it is a regression over by far the most people and does not overrate the young
 * and underrate the old as 220 − age does; Gulati for women, because it was measured on women and the formulas from men and women
 * together put them too high. Either is off by 10 bpm or more for about one person in three: always say that it is a guess, and
 * derive no alarm from it.
 */
export function estimateHrmax({ ageYears, sex }: { ageYears: number; sex: Sex | null }): number {
  return Math.round(sex === 'female' ? gulatiHrmax(ageYears) : tanakaHrmax(ageYears))
}

export type Hrmax = { readonly bpm: number; readonly source: 'own' | 'estimated' }

/** The person's own figure, else a guess from age, else nothing: there is no default age. */
export function hrmaxOf(person: { ownBpm: number | null; ageYears: number | null; sex: Sex | null }): Hrmax | null {
  if (person.ownBpm !== null) return { bpm: person.ownBpm, source: 'own' }
  if (person.ageYears === null) return null
  return { bpm: estimateHrmax({ ageYears: person.ageYears, sex: person.sex }), source: 'estimated' }
}

/** Age from a birth year alone: up to one year too high, which moves an estimated HRmax by less than 1 bpm. */
export const ageInYears = (birthYear: number, atMs: number): number => new Date(atMs).getUTCFullYear() - birthYear
