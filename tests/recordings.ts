import { readFileSync } from 'node:fs'
import { readRecording } from '@/lib/formats/read-recording'
import { NOTHING_SAID, type Recording } from '@/lib/formats/recording'

/** A real file of tests/fixtures, read. */
export async function readFixture(name: string): Promise<Recording> {
  const file = await readRecording(new Uint8Array(readFileSync(`tests/fixtures/${name}`)), name)
  if (file.outcome === 'refused') throw new Error(`${name} was refused: ${file.reason}`)
  return file.recording
}

/** A recording of heart rates alone, one a second. */
export function pulse(startedAt: number, bpm: ReadonlyArray<number | null>, change: Partial<Recording> = {}): Recording {
  const none = bpm.map(() => null)
  return {
    ...{ sport: 'workout', sourceSport: null, startedAt, zoneOffsetMinutes: null, device: null },
    streams: { second: bpm.map((_, at) => at), bpm, watts: none, cadence: none, speedMps: none, altitudeM: none, distanceM: none, lat: none, lon: none },
    ...{ rr: [], laps: [], pauses: [], said: { ...NOTHING_SAID, elapsedSeconds: bpm.length }, problems: [] },
    ...change,
  }
}
