import { ageInYears, hrmaxOf } from '@/lib/physiology/hrmax'
import { trendOf } from '@/lib/physiology/trend'
import { percentOfMax, zoneOf } from '@/lib/physiology/zones'
import { now } from '@/lib/platform/clock'
import type { Reading } from '@/lib/sensors/sensor'
import type { LiveNumber } from './beat-pacer'
import type { Heard } from './member-heart'
import type { HeartProfile } from './room-view'

type Max = ReturnType<typeof hrmaxOf>

/** The maximum that a person's zones are made of; null where none is known, or zones do not fit them. */
export function hrmaxNow({ birthYear, sex = null, hrmaxBpm, effortOnly }: HeartProfile): Max {
  return effortOnly ? null : hrmaxOf({ ownBpm: hrmaxBpm, ageYears: birthYear === null ? null : ageInYears(birthYear, now()), sex })
}

/** What a number means to the person who wears the strap. `heard`: those before it. */
export function numberNow({ bpm, contact }: Reading, max: Max, heard: readonly Heard[], atMs: number): Omit<LiveNumber, 'reach'> {
  return {
    bpm,
    contact,
    percentOfMax: max && percentOfMax(bpm, max.bpm),
    zone: max && zoneOf(bpm, max.bpm),
    estimated: max?.source === 'estimated',
    trend: trendOf([...heard, { atMs, bpm }], atMs),
  }
}
