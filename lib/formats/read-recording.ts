import { looksLikeFit, readFit } from './fit'
import { readGpx } from './gpx'
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
  const unpacked = packed ? await gunzip(bytes) : { bytes, whole: true }
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

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/** Null when it unpacks to more than the limit: it stops there, however much more would come. A damaged end keeps what came before. */
async function gunzip(bytes: Uint8Array): Promise<{ bytes: Uint8Array; whole: boolean } | null> {
  const reader = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  let whole = true
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      length += next.value.length
      if (length > MAX_XML_BYTES) {
        await reader.cancel().catch(() => undefined)
        return null
      }
      chunks.push(next.value)
    }
  } catch {
    whole = false
  }
  const all = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return { bytes: all, whole }
}
