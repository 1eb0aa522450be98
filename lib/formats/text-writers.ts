import { type Recording, STREAMS } from './recording'

/**
 * A cell of a CSV file (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection);
 * numbers are written as they are, below zero too.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const harmless = /^[\s]*[=+\-@\t\r|%]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

const COLUMNS = {
  bpm: 'heart_rate_bpm',
  watts: 'power_w',
  cadence: 'cadence_per_min',
  speedMps: 'speed_mps',
  altitudeM: 'altitude_m',
  distanceM: 'distance_m',
  lat: 'latitude_deg',
  lon: 'longitude_deg',
} as const

/** A CSV file: a row for each record, units in the heading; RR intervals in ms, separated by spaces, in the row they follow. */
export function writeCsv(recording: Recording): string {
  const { streams, startedAt } = recording
  const rr = new Map<number, string[]>()
  for (const { second, intervals } of recording.rr)
    rr.set(second, [...(rr.get(second) ?? []), ...intervals.map((interval) => ((interval * 1000) / 1024).toFixed(1))])
  const rows = streams.second.map((second, at) => [
    new Date(startedAt + second * 1000).toISOString(),
    second,
    ...STREAMS.map((name) => streams[name][at] ?? null),
    rr.get(second)?.join(' ') ?? null,
    recording.sport,
    recording.sourceSport,
    recording.device,
  ])
  const heading = ['time_utc', 'second', ...STREAMS.map((name) => COLUMNS[name]), 'rr_ms', 'sport', 'source_sport', 'device']
  return [heading, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
}

/** The whole recording as JSON, nothing rounded. `version` rises when a field changes its meaning. */
export function writeJson(recording: Recording): string {
  const { startedAt, ...rest } = recording
  return `${JSON.stringify({ format: 'pulseroom.recording', version: 1, startedAt: new Date(startedAt).toISOString(), ...rest })}\n`
}
