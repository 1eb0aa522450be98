import { looksLikeFit, readFit } from './fit'
import { readGpx } from './gpx'
import { gunzip, isGzip } from './gzip'
import { type Recording, type Refusal, refused, tidy } from './recording'
import { readTcx } from './tcx'
import { MAX_XML_BYTES, rootOf } from './xml'

export type Format = 'fit' | 'tcx' | 'gpx'
export type FileRead = { readonly outcome: 'read'; readonly format: Format; readonly fileName: string; readonly recording: Recording }
const READERS = { fit: readFit, tcx: readTcx, gpx: readGpx }

/**
 * Any training file, packed with gzip or not: FIT, TCX or GPX, told apart by its bytes. The name is only kept, tidied, for the person to
 * know the file by. A broken file gives what is sound and says the rest in `recording.problems`. Never rejects, whatever the bytes.
 */
export async function readRecording(bytes: Uint8Array, fileName: string): Promise<FileRead | Refusal> {
  if (bytes.byteLength > MAX_XML_BYTES) return refused('too_large')
  const packed = isGzip(bytes)
  const unpacked = packed ? await gunzip(bytes, MAX_XML_BYTES) : { bytes, whole: true }
  if (unpacked === null) return refused('too_large')
  const format = formatOf(unpacked.bytes)
  if (format === null || format === 'unsafe') return refused(format ?? 'unknown_format')
  const outcome = READERS[format](unpacked.bytes)
  if (outcome.outcome === 'refused') return outcome
  const { recording } = outcome
  const problems = new Set(recording.problems)
  if (!unpacked.whole) problems.add('damaged')
  const name = tidy(fileName.split(/[/\\]/).at(-1)) ?? `recording.${format}`
  return { outcome: 'read', format, fileName: name, recording: { ...recording, problems: [...problems] } }
}

function formatOf(bytes: Uint8Array): Format | 'unsafe' | null {
  if (looksLikeFit(bytes)) return 'fit'
  const { name, unsafe } = rootOf(bytes)
  return unsafe ? 'unsafe' : name === 'TrainingCenterDatabase' ? 'tcx' : name === 'gpx' ? 'gpx' : null
}
