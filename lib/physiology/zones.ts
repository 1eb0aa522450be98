/** 0 is below zone 1. */
export type Zone = 0 | 1 | 2 | 3 | 4 | 5
export type ZoneEdges = readonly [number, number, number, number, number]

/** Seconds in [below zone 1, zone 1, … zone 5]. */
export type ZoneSeconds = readonly number[]

const LOWER_PERCENT = [50, 60, 70, 80, 90] as const

/**
 * Lowest bpm of zones 1 to 5: 50, 60, 70, 80 and 90 % of HRmax, the five zones of Edwards (The Heart Rate Monitor Book, 1993), as
 * whole bpm: `ceil(p · HRmax) ≤ bpm < next`. Zone 5 has no upper end. Whole percents, so that no rounding error moves an edge.
 */
export function zoneEdges(hrmaxBpm: number): ZoneEdges {
  const [z1, z2, z3, z4, z5] = LOWER_PERCENT
  const edge = (percent: number) => Math.ceil((percent * hrmaxBpm) / 100)
  return [edge(z1), edge(z2), edge(z3), edge(z4), edge(z5)]
}

export function zoneOf(bpm: number, hrmaxBpm: number): Zone {
  const [z1, z2, z3, z4, z5] = zoneEdges(hrmaxBpm)
  if (bpm >= z5) return 5
  if (bpm >= z4) return 4
  if (bpm >= z3) return 3
  if (bpm >= z2) return 2
  return bpm >= z1 ? 1 : 0
}

/** Whole percent of HRmax, rounded down so that the percent never claims a zone that the bpm has not reached; at most 150. */
export const percentOfMax = (bpm: number, hrmaxBpm: number): number => Math.min(150, Math.floor((100 * bpm) / hrmaxBpm))

/** A series of one value a second → seconds in [below zone 1, zone 1, … zone 5]. `null` seconds count nowhere. */
export function secondsInZones(bpmPerSecond: ReadonlyArray<number | null>, hrmaxBpm: number): number[] {
  const seconds = [0, 0, 0, 0, 0, 0]
  for (const bpm of bpmPerSecond) {
    if (bpm === null) continue
    const zone = zoneOf(bpm, hrmaxBpm)
    seconds[zone] = (seconds[zone] ?? 0) + 1
  }
  return seconds
}
