import { describe, expect, it } from 'vitest'
import { type Candidate, isSameTraining, linkDuplicates, neighbours } from './duplicates'

const T0 = Date.UTC(2026, 10, 22, 18)
const MINUTE = 60_000
const record = (activityId: string, source: Candidate['source'], change: Partial<Candidate> = {}): Candidate => ({
  ...{ activityId, source, sport: 'cycling', startedAt: T0, elapsedSeconds: 3600, hasHeartRate: true },
  ...change,
})
const links = (...records: Candidate[]) => Object.fromEntries(linkDuplicates(records))

describe('one training', () => {
  const ride = record('a', 'file')
  it('is two records that start within five minutes, not within six', () => {
    expect(isSameTraining(ride, record('b', 'polar', { startedAt: T0 + 5 * MINUTE }))).toBe(true)
    expect(isSameTraining(ride, record('b', 'polar', { startedAt: T0 - 5 * MINUTE - 1 }))).toBe(false)
  })
  it('overlaps in 80 % of the shorter one: a watch that ran on after class is the same, two short ones after each other are not', () => {
    expect(isSameTraining(ride, record('b', 'polar', { elapsedSeconds: 5400 }))).toBe(true)
    // From minute 4 for 20 minutes, after one of 8 minutes: 4 of 8 minutes are common.
    expect(isSameTraining(record('a', 'file', { elapsedSeconds: 480 }), record('b', 'file', { startedAt: T0 + 4 * MINUTE, elapsedSeconds: 1200 }))).toBe(false)
    // Of ten minutes from second 0 and ten from second 120, 480 s of 600 are common: just enough; one second later, not.
    const ten = record('a', 'file', { elapsedSeconds: 600 })
    expect(isSameTraining(ten, record('b', 'polar', { startedAt: T0 + 120_000, elapsedSeconds: 600 }))).toBe(true)
    expect(isSameTraining(ten, record('b', 'polar', { startedAt: T0 + 121_000, elapsedSeconds: 600 }))).toBe(false)
  })
  it('has one sport, where both say one', () => {
    expect(isSameTraining(ride, record('b', 'polar', { sport: 'running' }))).toBe(false)
    expect(isSameTraining(ride, record('b', 'class_recording', { sport: 'workout' }))).toBe(true)
  })
})

describe('which record counts', () => {
  const [own, file, polar, strava] = [record('own', 'class_recording', { sport: 'workout' }), record('file', 'file'), record('polar', 'polar'), record('strava', 'strava')]
  it('is our own of the class, then the file, then who hands it on, in whatever order they came', () => {
    expect(links(polar, file, own)).toEqual({ own: null, file: 'own', polar: 'own' })
    expect(links(own, polar, file)).toEqual({ own: null, file: 'own', polar: 'own' })
    expect(links(polar, file)).toEqual({ file: null, polar: 'file' })
  })
  it('is one with a heart rate before one without', () => {
    expect(links(record('file', 'file', { hasHeartRate: false }), polar)).toEqual({ polar: null, file: 'polar' })
  })
  it('is never what only its owner may see: it can lean on others, nobody on it', () => {
    expect(links(strava, file)).toEqual({ file: null, strava: 'file' })
    expect(links(strava, record('file', 'file', { hasHeartRate: false }))).toEqual({ file: null, strava: 'file' })
    expect(links(strava, record('strava2', 'strava'))).toEqual({ strava: null, strava2: null })
  })
  it('of two files of one ride, the longer', () => {
    expect(links(record('a', 'file', { elapsedSeconds: 3500 }), record('b', 'file'))).toEqual({ b: null, a: 'b' })
  })
})

it('only what hangs together by five-minute starts is looked at again', () => {
  const at = (minutes: number) => record(String(minutes), 'file', { startedAt: T0 + minutes * MINUTE })
  const near = neighbours([at(-6), at(-4), at(0), at(5), at(9), at(20)], T0)
  expect(near.map(({ activityId }) => activityId).sort()).toEqual(['-4', '-6', '0', '5', '9'])
  expect(neighbours([at(-6), at(20)], T0)).toEqual([])
})
