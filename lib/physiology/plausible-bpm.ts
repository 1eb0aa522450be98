/** A heart rate outside this range is a broken reading, not a person: it is refused, never shown, stored or scored. */
export const MIN_BPM = 25
export const MAX_BPM = 250

export const isPlausibleBpm = (bpm: number): boolean => Number.isInteger(bpm) && bpm >= MIN_BPM && bpm <= MAX_BPM
