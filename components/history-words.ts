import type { ActivityCard, ActivityFigures } from '@/lib/activities/activity'
import type { Plotted } from '@/lib/activities/activity-view'
import { wallClock } from '@/lib/activities/history-figures'
import type { Figure } from '@/lib/physiology/figure'
import { historyStrings } from './strings-history'
import { summaryStrings } from './strings-summary'
import type { LabRow } from './summary-words'
import { timeWords } from './summary-words'
import { fullDateAndTime } from './time-words'

const words = historyStrings.page
export type Units = 'metric' | 'imperial'
const METRES_A_MILE = 1609.344
const METRES_A_FOOT = 0.3048

const round = (value: number, decimals: number): string => value.toFixed(decimals)
export const distanceWords = (metres: number, units: Units): string =>
  units === 'metric' ? `${round(metres / 1000, metres < 100_000 ? 2 : 1)} km` : `${round(metres / METRES_A_MILE, 2)} mi`
const heightWords = (metres: number, units: Units): string => (units === 'metric' ? `${Math.round(metres)} m` : `${Math.round(metres / METRES_A_FOOT)} ft`)

/** "5:12 /km": minutes and seconds for a kilometre, or a mile. */
function paceWords(metresPerSecond: number, units: Units): string {
  const seconds = Math.round((units === 'metric' ? 1000 : METRES_A_MILE) / metresPerSecond)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} ${units === 'metric' ? '/km' : '/mi'}`
}
const speedWords = (metresPerSecond: number, units: Units): string =>
  units === 'metric' ? `${round(metresPerSecond * 3.6, 1)} km/h` : `${round((metresPerSecond * 3600) / METRES_A_MILE, 1)} mph`

/** What a plot is drawn in, from what is stored. */
export const inPlotUnits = (stream: Plotted, value: number): number => (stream === 'speedMps' ? value * 3.6 : value)

/** When it began, on the clock of where it was. */
export const whenOf = (card: ActivityCard, timezone: string): string => fullDateAndTime(wallClock(card, timezone), 'UTC')
export const titleOf = ({ title, sport }: Pick<ActivityCard, 'title' | 'sport'>): string => title ?? historyStrings.sport[sport]

/** "1 h 18 min · 41.34 km · 154 bpm": what is known, in one line. */
export function lineOf({ elapsedSeconds, figures }: ActivityCard, units: Units): string {
  const { averageBpm, weightedWatts, distanceM } = figures
  return [
    timeWords(figures.timerSeconds > 0 ? figures.timerSeconds : elapsedSeconds),
    distanceM !== null && distanceM > 0 ? distanceWords(distanceM, units) : null,
    averageBpm.outcome === 'computed' ? `${Math.round(averageBpm.value)} bpm` : null,
    weightedWatts === null ? null : `${Math.round(weightedWatts)} W`,
  ]
    .filter((part) => part !== null)
    .join(' · ')
}

const said = (name: string, note: string | null, value: string | null): LabRow[] => (value === null ? [] : [{ name, note, value, needs: null }])
const computed = (name: string, note: string | null, figure: Figure<number>, write: (value: number) => string): LabRow[] =>
  figure.outcome === 'computed'
    ? said(name, note, write(figure.value))
    : figure.needs.length === 0 || figure.needs.includes('heart_rate')
      ? []
      : [{ name, note, value: null, needs: summaryStrings.lab.needs(figure.needs.map((need) => summaryStrings.lab.need[need]).join(', ')) }]

/** All figures of an activity that its recording can have; what the profile lacks is named. */
export function figureRows(figures: ActivityFigures, { sport, units }: { sport: ActivityCard['sport']; units: Units }): LabRow[] {
  const { distanceM, timerSeconds, rmssd } = figures
  const speed = distanceM !== null && distanceM > 0 && timerSeconds > 0 ? distanceM / timerSeconds : null
  const byPace = sport === 'running' || sport === 'walking'
  const watts = (value: number | null) => (value === null ? null : `${Math.round(value)} W`)
  const bpm = (value: number) => `${Math.round(value)} bpm`
  const oneDecimal = (value: number) => round(value, 1)
  return [
    ...said(words.time, null, timeWords(timerSeconds)),
    ...said(words.distance, null, distanceM === null || distanceM === 0 ? null : distanceWords(distanceM, units)),
    ...said(byPace ? words.pace : words.speed, null, speed === null ? null : byPace ? paceWords(speed, units) : speedWords(speed, units)),
    ...said(words.ascent, null, figures.ascentM === null ? null : heightWords(figures.ascentM, units)),
    ...computed(words.averageBpm, null, figures.averageBpm, bpm),
    ...computed(words.peakBpm, null, figures.peakBpm, bpm),
    ...said(words.averageWatts, null, watts(figures.averageWatts)),
    ...said(words.weightedWatts, words.weightedNote, watts(figures.weightedWatts)),
    ...said(words.peakWatts, null, watts(figures.peakWatts)),
    ...said(words.work, null, figures.workKj === null ? null : `${Math.round(figures.workKj)} kJ`),
    ...computed(words.effortPoints, null, figures.effortPoints, (value) => String(Math.round(value))),
    ...computed(words.edwards, words.edwardsNote, figures.edwards, oneDecimal),
    ...computed(words.banister, words.banisterNote, figures.banister, oneDecimal),
    ...(figures.powerLoad ? computed(words.powerLoad, words.powerLoadNote, figures.powerLoad, oneDecimal) : []),
    ...computed(words.energy, words.energyNote, figures.energyKcal, (value) => `${Math.round(value)} kcal`),
    ...said(words.drift, words.driftNote, figures.driftPercent === null ? null : `${oneDecimal(figures.driftPercent)} %`),
    ...(rmssd === null ? [] : said(words.rmssd, words.rmssdNote, rmssd.outcome === 'computed' ? `${oneDecimal(rmssd.ms)} ms` : words.rmssdRefused[rmssd.why])),
  ]
}
