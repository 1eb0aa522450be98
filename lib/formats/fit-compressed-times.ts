import { CrcCalculator } from '@garmin/fitsdk'

const COMPRESSED = 0x80
const DEFINITION = 0x40
const DEVELOPER = 0x20
const TIMESTAMP = 253
const UINT32 = 0x86
/** Definitions are written again where a device takes turns between both kinds of header: no file doubles by that. */
const MAX_GROWTH = 3

type Definition = {
  /** As in the file, without its header byte. */
  readonly bytes: Uint8Array
  readonly developer: boolean
  readonly size: number
  readonly bigEndian: boolean
  /** Where the time is in a message, null: it has none. */
  readonly timeAt: number | null
  /** Which of the two the decoder knows now. */
  widened: boolean
}

/**
 * A FIT file whose messages carry five bits of time in their header (FIT protocol 2.0, "Compressed Timestamp Header": old bike computers
 * save space with it) as one whose messages carry it whole, which is all that the vendor's decoder reads. Other files come back as they
 * are; of a damaged one what comes before the damage.
 */
export function expandCompressedTimes(file: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const headerSize = file[0] ?? 0
  if (file.length < headerSize + 2) return file
  const view = new DataView(file.buffer, file.byteOffset)
  const end = Math.min(headerSize + view.getUint32(4, true), file.length)
  const definitions = new Map<number, Definition>()
  let pieces: Uint8Array[] | null = null
  let length = 0
  let copied = headerSize
  let time: number | null = null

  const put = (bytes: Uint8Array) => {
    pieces?.push(bytes)
    length += bytes.length
  }
  /** Everything up to here that needed no change. */
  const copyTo = (at: number) => {
    if (at > copied) put(file.subarray(copied, at))
    copied = at
  }

  let at = headerSize
  while (at < end && length < file.length * MAX_GROWTH) {
    const header = file[at] ?? 0
    const compressed = (header & COMPRESSED) !== 0
    if (!compressed && (header & DEFINITION) !== 0) {
      const definition = readDefinition(file, at, end)
      if (definition === null) break
      definitions.set(header & 15, definition)
      at += 1 + definition.bytes.length
      continue
    }
    const local = compressed ? (header >> 5) & 3 : header & 15
    const definition = definitions.get(local)
    if (definition === undefined || at + 1 + definition.size > end) break
    if (compressed) {
      const offset = header & 31
      if (time !== null) time += (offset - (time & 31)) & 31
      pieces ??= [file.subarray(0, headerSize)]
      copyTo(at)
      if (definition.timeAt === null && time !== null) {
        if (!definition.widened) put(withTime(definition, local))
        definition.widened = true
        const message = new Uint8Array(5 + definition.size)
        message[0] = local
        new DataView(message.buffer).setUint32(1, time, !definition.bigEndian)
        message.set(file.subarray(at + 1, at + 1 + definition.size), 5)
        put(message)
      } else {
        // No time to count from yet, or it is in the message anyway: the header alone changes.
        if (definition.widened) put(plain(definition, local))
        definition.widened = false
        put(new Uint8Array([local, ...file.subarray(at + 1, at + 1 + definition.size)]))
      }
      copied = at + 1 + definition.size
    } else {
      if (definition.widened) {
        copyTo(at)
        put(plain(definition, local))
        definition.widened = false
      }
      const said = definition.timeAt === null ? null : view.getUint32(at + 1 + definition.timeAt, !definition.bigEndian)
      if (said !== null && said !== 0xffffffff) time = said
    }
    at += 1 + definition.size
  }
  if (pieces === null) return file
  // What was sound stays sound: the sum is made anew only for a file whose own was right.
  const sound = at === end && end + 2 <= file.length && CrcCalculator.calculateCRC(file, 0, end) === view.getUint16(end, true)
  copyTo(at)
  const whole = new Uint8Array(headerSize + length + 2)
  let to = 0
  for (const piece of pieces) {
    whole.set(piece, to)
    to += piece.length
  }
  const out = new DataView(whole.buffer)
  out.setUint32(4, length, true)
  if (headerSize === 14) out.setUint16(12, 0, true)
  if (sound) out.setUint16(headerSize + length, CrcCalculator.calculateCRC(whole, 0, headerSize + length), true)
  return sound ? whole : whole.subarray(0, headerSize + length)
}

function readDefinition(file: Uint8Array, at: number, end: number): Definition | null {
  const developer = ((file[at] ?? 0) & DEVELOPER) !== 0
  const bigEndian = file[at + 2] === 1
  const fields = file[at + 5] ?? 0
  let next = at + 6 + fields * 3
  let size = 0
  let timeAt: number | null = null
  for (let field = at + 6; field < next; field += 3) {
    if (file[field] === TIMESTAMP && file[field + 1] === 4) timeAt = size
    size += file[field + 1] ?? 0
  }
  if (developer) {
    const own = file[next] ?? 0
    for (let field = next + 1; field < next + 1 + own * 3; field += 3) size += file[field + 1] ?? 0
    next += 1 + own * 3
  }
  return next > end ? null : { bytes: file.subarray(at + 1, next), developer, size, bigEndian, timeAt, widened: false }
}

const plain = ({ bytes, developer }: Definition, local: number): Uint8Array =>
  new Uint8Array([DEFINITION | (developer ? DEVELOPER : 0) | local, ...bytes])

/** The definition with the time as its first field. */
function withTime(definition: Definition, local: number): Uint8Array {
  const [header = 0, ...bytes] = plain(definition, local)
  return new Uint8Array([header, ...bytes.slice(0, 4), (bytes[4] ?? 0) + 1, TIMESTAMP, 4, UINT32, ...bytes.slice(5)])
}
