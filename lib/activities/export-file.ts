import { writeFit } from '@/lib/formats/fit-writer'
import { writeGpx } from '@/lib/formats/gpx-writer'
import { hasStream, type Recording } from '@/lib/formats/recording'
import { writeTcx } from '@/lib/formats/tcx-writer'
import { writeCsv, writeJson } from '@/lib/formats/text-writers'
import { EXPORT_FORMATS } from './params'

export type ExportFormat = (typeof EXPORT_FORMATS)[number]

const TYPES: { readonly [format in ExportFormat]: string } = {
  fit: 'application/vnd.ant.fit',
  tcx: 'application/vnd.garmin.tcx+xml',
  gpx: 'application/gpx+xml',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
}
const WRITERS: { readonly [format in ExportFormat]: (recording: Recording) => Uint8Array | string | null } = {
  fit: writeFit,
  tcx: writeTcx,
  gpx: writeGpx,
  csv: writeCsv,
  json: writeJson,
}

/** The formats that a recording can be written in: a GPX track cannot be without places. */
export const exportsOf = ({ streams }: Recording): ExportFormat[] => EXPORT_FORMATS.filter((format) => format !== 'gpx' || hasStream(streams.lat))

/** A recording as a file; null where the format cannot hold it. */
export function exportFile(recording: Recording, format: ExportFormat): { readonly name: string; readonly type: string; readonly body: Uint8Array<ArrayBuffer> } | null {
  const written = WRITERS[format](recording)
  if (written === null) return null
  const name = `pulseroom-${new Date(recording.startedAt).toISOString().slice(0, 16).replace(':', '')}-${recording.sport}.${format}`
  return { name, type: TYPES[format], body: new Uint8Array(typeof written === 'string' ? new TextEncoder().encode(written) : written) }
}
