/** A heart rate outside this range is a broken reading, not a person: it is refused, never shown, stored or scored. */
export const MIN_BPM = 25
export const MAX_BPM = 250
/** The same for an RR interval, in 1/1024 s: 0.2 s to 3 s. */
export const MIN_RR = 205
export const MAX_RR = 3072

export const isPlausibleBpm = (bpm: number): boolean => Number.isInteger(bpm) && bpm >= MIN_BPM && bpm <= MAX_BPM
export const isPlausibleRr = (rr: number): boolean => Number.isInteger(rr) && rr >= MIN_RR && rr <= MAX_RR
