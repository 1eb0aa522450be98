import type { MemberSummary } from '@/lib/summaries/class-summary'
import type { Figure, Need } from '@/lib/physiology/figure'
import type { FigureInputs } from '@/lib/physiology/heart-rate-figures'
import type { SummaryFigures } from '@/lib/summaries/summary'
import { summaryStrings } from './strings-summary'

const words = summaryStrings

/** "23 min", "1 h 4 min", "45 s": rounded as people say it. */
export function timeWords(seconds: number): string {
  if (seconds < 59.5) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** "2 min 5 s": where seconds matter. */
export function exactTime(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

const valueOf = <T>(figure: Figure<T>): T | null => (figure.outcome === 'computed' ? figure.value : null)
const oneDecimal = (value: number): string => String(Math.round(value * 10) / 10)

/** "Time where it counts"; `null` where it is not known or none: whoever was above it throughout did not do nothing. */
export const countingSeconds = (figures: SummaryFigures): number | null => valueOf(figures.countingSeconds) || null

/** `presentSeconds`: what is said of somebody of whom nothing was measured. */
export function headline(figures: SummaryFigures, presentSeconds: number): string {
  const counting = countingSeconds(figures)
  if (counting !== null) return words.headline.counting(timeWords(counting))
  if (figures.measuredSeconds > 0) return words.headline.measured(timeWords(figures.measuredSeconds))
  if (figures.power?.workKj) return words.headline.work(Math.round(figures.power.workKj))
  if (figures.effort.average !== null) return words.headline.effort(oneDecimal(figures.effort.average))
  return words.headline.there(timeWords(presentSeconds))
}

/** What is said under the headline, in the order in which people ask. Nothing is said of what was not measured, except gaps. */
export function sentences(figures: SummaryFigures): string[] {
  const recovery = valueOf(figures.recoveryBpm)
  const average = valueOf(figures.averageBpm)
  const peak = valueOf(figures.peakBpm)
  const missing = figures.gaps.reduce((sum, gap) => sum + gap.seconds, 0)
  return [
    recovery === null ? null : recovery >= 0 ? words.recovered(Math.round(recovery)) : words.recoveredNot(Math.round(-recovery)),
    average === null || peak === null ? null : words.average(Math.round(average), Math.round(peak)),
    powerSentence(figures),
    figures.effort.average === null ? null : words.efforts(figures.effort.count, oneDecimal(figures.effort.average)),
    figures.measuredSeconds === 0 ? null : missing > 0 ? words.gaps(exactTime(missing), figures.gaps.length) : words.noGaps,
  ].filter((sentence) => sentence !== null)
}

function powerSentence({ power }: SummaryFigures): string | null {
  if (!power) return null
  const cadence = power.averageCadence === null ? null : Math.round(power.averageCadence)
  if (power.averageWatts !== null) return words.watts(Math.round(power.averageWatts), cadence)
  return cadence === null ? null : words.cadence(cadence)
}

/** Where the zones come from; `null` where there are none. */
export function zoneSource(inputs: FigureInputs): string | null {
  if (inputs.effortOnly) return words.effortOnly
  if (inputs.hrmaxBpm === null) return null
  return inputs.hrmaxSource === 'own' ? words.own(inputs.hrmaxBpm) : words.estimated(inputs.hrmaxBpm)
}

export type LabRow = { readonly name: string; readonly note: string | null; readonly value: string | null; readonly needs: string | null }

export function labRows(figures: SummaryFigures): LabRow[] {
  const row = (name: string, note: string | null, figure: Figure<number>, said: (value: number) => string): LabRow => ({
    name,
    note,
    value: figure.outcome === 'computed' ? said(figure.value) : null,
    needs: figure.outcome === 'not_computed' ? words.lab.needs(figure.needs.map((need) => words.lab.need[need]).join(', ')) : null,
  })
  return [
    row(words.lab.effortPoints, words.lab.effortPointsNote, figures.effortPoints, (value) => String(Math.round(value))),
    row(words.lab.edwards, words.lab.edwardsNote, figures.edwards, oneDecimal),
    row(words.lab.banister, words.lab.banisterNote, figures.banister, oneDecimal),
    row(words.lab.energy, words.lab.energyNote, figures.energyKcal, (value) => `${Math.round(value)} kcal`),
    row(words.lab.recovery, null, figures.recoveryBpm, (value) => `${Math.round(value)} bpm`),
    ...powerRows(figures),
    {
      name: words.lab.measured,
      note: null,
      value: words.lab.of(exactTime(figures.measuredSeconds), exactTime(figures.workoutSeconds)),
      needs: null,
    },
  ]
}

/** Only of those who had a machine: what it lacks is nothing that a person could give. */
function powerRows({ power }: SummaryFigures): LabRow[] {
  const row = (name: string, note: string, value: number | null | undefined, unit: string): LabRow[] =>
    value == null ? [] : [{ name, note, value: `${Math.round(value)} ${unit}`, needs: null }]
  return [
    ...row(words.lab.weighted, words.lab.weightedNote, power?.weightedWatts, 'W'),
    ...row(words.lab.work, words.lab.workNote, power?.workKj, 'kJ'),
  ]
}

export function inputWords(inputs: FigureInputs): string {
  const said = [
    inputs.ageYears === null ? null : words.lab.age(inputs.ageYears),
    inputs.sex === null ? null : words.lab.sex[inputs.sex],
    inputs.weightKg === null ? null : words.lab.weight(inputs.weightKg),
    inputs.hrmaxBpm === null || inputs.hrmaxSource === 'none' ? null : words.lab.hrmax[inputs.hrmaxSource](inputs.hrmaxBpm),
    inputs.hrrestBpm === null ? null : words.lab.hrrest(inputs.hrrestBpm),
  ].filter((part) => part !== null)
  return said.length === 0 ? words.lab.nothingKnown : said.join(', ')
}

/** What the person could give so that more is computed; not what only the strap could have given. */
export function wanted(figures: SummaryFigures): Set<Exclude<Need, 'heart_rate' | 'recovery_minute'>> {
  const needs = new Set<Exclude<Need, 'heart_rate' | 'recovery_minute'>>()
  for (const figure of [figures.zoneSeconds, figures.effortPoints, figures.edwards, figures.banister, figures.energyKcal]) {
    if (figure.outcome === 'computed' || figure.needs.includes('heart_rate')) continue
    for (const need of figure.needs) if (need !== 'heart_rate' && need !== 'recovery_minute') needs.add(need)
  }
  return needs
}

/** A member in one line for the trainer. Nothing but the choice itself is said of whoever did not share. */
export function memberLine({ shared, figures, status, estimated }: MemberSummary): string {
  if (shared === 'no') return words.group.notShared
  if (!figures) return status === 'receiving' ? words.group.receiving : words.group.nothing
  const counting = countingSeconds(figures)
  const average = valueOf(figures.averageBpm)
  const peak = valueOf(figures.peakBpm)
  return [
    counting === null ? null : `${words.group.counting(timeWords(counting))}${estimated ? ` (${words.group.estimated})` : ''}`,
    average === null || peak === null ? null : words.group.averagePeak(Math.round(average), Math.round(peak)),
    figures.power?.averageWatts == null ? null : words.group.watts(Math.round(figures.power.averageWatts), Math.round(figures.power.workKj ?? 0)),
    figures.effort.average === null ? null : words.group.effort(oneDecimal(figures.effort.average)),
    status === 'receiving' ? words.group.receiving : null,
  ]
    .filter((part) => part !== null)
    .join(' · ')
}
