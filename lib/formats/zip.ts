import { crc32Final, crc32Init, crc32Update } from '@foxglove/crc'

/**
 * ZIP archives (PKWARE APPNOTE 6.3: central directory, ZIP64, data descriptors, stored and deflated entries) read by ranges of a Blob, so
 * that an archive of gigabytes never has to be in memory. An archive that was cut has no directory at its end: its entries are then found
 * from the front. Each entry's CRC-32 is compared as its bytes go by.
 */
export type ZipEntry = {
  readonly name: string
  /** Where its local header begins. */
  readonly headerAt: number
  readonly packedBytes: number
  readonly packed: 'stored' | 'deflated'
  /** CRC-32 of what it unpacks to; null where the archive was cut before saying it. */
  readonly crc: number | null
  /** The archive ends before it does. */
  readonly cut: boolean
}
export type ZipDirectory = { readonly entries: readonly ZipEntry[]; readonly whole: boolean }
export type ZipRefusal = 'not_a_zip' | 'unsafe'

/** What no archive of training data needs: more entries, a longer directory, more bytes out of one, or more of them for each byte in. */
const MAX_ENTRIES = 200_000
const MAX_DIRECTORY_BYTES = 64 * 1024 * 1024
const MAX_UNPACKED_BYTES = 64 * 1024 ** 3
const MAX_RATIO = 250
/** Short entries may be repetitive. */
const RATIO_COUNTS_FROM = 4 * 1024 * 1024
const READ_BYTES = 1024 * 1024
/** One piece may unpack to a thousand times its size at once. */
const PIECE_BYTES = 16 * 1024

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const END_64 = 0x06064b50
const LOCATOR_64 = 0x07064b50
const DESCRIPTOR = 0x08074b50
const LOCAL_BYTES = 30
const END_BYTES = 22
const LOCATOR_BYTES = 20
const SIZES_FOLLOW = 8
const ENCRYPTED = 1
const ABSENT = 0xffffffff

export class ZipDamage extends Error {}
/** All of the entry came, but not as it was written: any of its bytes may be another. */
export class ZipAltered extends ZipDamage {}
/** More comes out of it than can be meant. */
export class ZipBomb extends Error {}

/** Archives may name places far beyond their end. */
const viewOf = async (blob: Blob, from: number, to: number): Promise<DataView> =>
  new DataView(await blob.slice(Math.min(from, blob.size), Math.min(to, blob.size)).arrayBuffer())
const numberAt = (view: DataView, at: number): number => Number(view.getBigUint64(at, true))
const textAt = (view: DataView, at: number, length: number): string =>
  new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at, length))
const methodOf = (method: number, flags: number): ZipEntry['packed'] | null =>
  (flags & ENCRYPTED) !== 0 ? null : method === 0 ? 'stored' : method === 8 ? 'deflated' : null

/** The 64-bit values that stand in for those written as 0xffffffff, in the order the format gives them. */
function wide(view: DataView, extraAt: number, extraBytes: number, written: readonly number[]): number[] {
  for (let at = extraAt; at + 4 <= extraAt + extraBytes; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue
    let next = at + 4
    const end = Math.min(next + view.getUint16(at + 2, true), extraAt + extraBytes)
    return written.map((value) => {
      if (value !== ABSENT || next + 8 > end) return value
      next += 8
      return numberAt(view, next - 8)
    })
  }
  return [...written]
}

/** The archive's entries that can be read: neither encrypted nor packed in a way of their own. */
export async function readZipDirectory(blob: Blob): Promise<ZipDirectory | ZipRefusal> {
  const start = blob.size < 4 ? 0 : (await viewOf(blob, 0, 4)).getUint32(0, true)
  if (start !== LOCAL) return 'not_a_zip'
  const place = await findDirectory(blob)
  if (place === null) return { entries: await entriesFromTheFront(blob), whole: false }
  if (place.entries > MAX_ENTRIES || place.bytes > MAX_DIRECTORY_BYTES) return 'unsafe'
  const view = await viewOf(blob, place.at, place.at + place.bytes)
  const entries: ZipEntry[] = []
  for (let at = 0; at + 46 <= view.byteLength && view.getUint32(at, true) === CENTRAL; ) {
    const [nameBytes, extraBytes, noteBytes] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)]
    const next = at + 46 + nameBytes + extraBytes + noteBytes
    if (next > view.byteLength || entries.length > MAX_ENTRIES) break
    const written = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)]
    const [, packedBytes = 0, headerAt = 0] = wide(view, at + 46 + nameBytes, extraBytes, written)
    const packed = methodOf(view.getUint16(at + 10, true), view.getUint16(at + 8, true))
    const name = textAt(view, at + 46, nameBytes)
    if (packed !== null) entries.push({ name, headerAt, packedBytes, packed, crc: view.getUint32(at + 16, true), cut: headerAt + LOCAL_BYTES + packedBytes > blob.size })
    at = next
  }
  return overlap(entries) ? 'unsafe' : { entries, whole: true }
}

/** Entries that share their bytes are how an archive of kilobytes unpacks to petabytes. */
function overlap(entries: readonly ZipEntry[]): boolean {
  const ordered = entries.toSorted((a, b) => a.headerAt - b.headerAt)
  return ordered.some(({ headerAt, packedBytes }, at) => headerAt + LOCAL_BYTES + packedBytes > (ordered[at + 1]?.headerAt ?? Infinity))
}

async function findDirectory(blob: Blob): Promise<{ at: number; bytes: number; entries: number } | null> {
  // The end record is followed by a comment of at most 65535 bytes.
  const from = Math.max(0, blob.size - END_BYTES - 0xffff - LOCATOR_BYTES)
  const view = await viewOf(blob, from, blob.size)
  for (let at = view.byteLength - END_BYTES; at >= 0; at--) {
    if (view.getUint32(at, true) !== END) continue
    const short = { at: view.getUint32(at + 16, true), bytes: view.getUint32(at + 12, true), entries: view.getUint16(at + 10, true) }
    const locator = at - LOCATOR_BYTES
    const wideAt = locator >= 0 && view.getUint32(locator, true) === LOCATOR_64 ? numberAt(view, locator + 8) : null
    const end = wideAt === null || wideAt + 56 > blob.size ? null : await viewOf(blob, wideAt, wideAt + 56)
    const place =
      end?.getUint32(0, true) === END_64 ? { at: numberAt(end, 48), bytes: numberAt(end, 40), entries: numberAt(end, 32) } : short
    if (place.at + place.bytes <= from + at) return place
  }
  return null
}

/** What a cut archive still has: each local header in turn. */
async function entriesFromTheFront(blob: Blob): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = []
  for (let headerAt = 0; headerAt + LOCAL_BYTES <= blob.size && entries.length < MAX_ENTRIES; ) {
    const head = await viewOf(blob, headerAt, headerAt + LOCAL_BYTES + 2 * 0xffff)
    if (head.getUint32(0, true) !== LOCAL) break
    const [flags, nameBytes, extraBytes] = [head.getUint16(6, true), head.getUint16(26, true), head.getUint16(28, true)]
    const dataAt = headerAt + LOCAL_BYTES + nameBytes + extraBytes
    if (dataAt > blob.size) break
    const [, said = 0] = wide(head, LOCAL_BYTES + nameBytes, extraBytes, [head.getUint32(22, true), head.getUint32(18, true)])
    const end = (flags & SIZES_FOLLOW) === 0 ? { packedBytes: said, crc: head.getUint32(14, true), next: dataAt + said } : await findDescriptor(blob, dataAt)
    const cut = end === null || end.next > blob.size
    const packedBytes = cut ? blob.size - dataAt : end.packedBytes
    const packed = methodOf(head.getUint16(8, true), flags)
    if (packed !== null) entries.push({ name: textAt(head, LOCAL_BYTES, nameBytes), headerAt, packedBytes, packed, crc: cut ? null : end.crc, cut })
    if (cut) break
    headerAt = end.next
  }
  return entries
}

/** The record after an entry whose size was not known when it began: the one whose size is the distance to it. */
async function findDescriptor(blob: Blob, dataAt: number): Promise<{ packedBytes: number; crc: number; next: number } | null> {
  for (let from = dataAt; from < blob.size; from += READ_BYTES) {
    const view = await viewOf(blob, from, from + READ_BYTES + 24)
    const bytes = new Uint8Array(view.buffer)
    for (let at = bytes.indexOf(0x50); at >= 0 && at < READ_BYTES; at = bytes.indexOf(0x50, at + 1)) {
      if (at + 16 > bytes.length || view.getUint32(at, true) !== DESCRIPTOR) continue
      const packedBytes = from + at - dataAt
      const wideSizes = at + 24 <= bytes.length && numberAt(view, at + 8) === packedBytes
      if (wideSizes || view.getUint32(at + 8, true) === packedBytes) return { packedBytes, crc: view.getUint32(at + 4, true), next: from + at + (wideSizes ? 24 : 16) }
    }
  }
  return null
}

/**
 * The entry's bytes. Of a damaged or cut entry it gives what comes before the damage, then throws ZipDamage; of one whose sum does not
 * agree all of it, then ZipAltered; ZipBomb when more comes out than can be meant. `onRead` hears how many packed bytes have been taken.
 */
export async function* unpack(blob: Blob, entry: ZipEntry, onRead: (bytes: number) => void = () => undefined): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const head = await viewOf(blob, entry.headerAt, entry.headerAt + LOCAL_BYTES)
  if (head.byteLength < LOCAL_BYTES || head.getUint32(0, true) !== LOCAL) throw new ZipDamage('the entry is not where the directory says')
  const dataAt = entry.headerAt + LOCAL_BYTES + head.getUint16(26, true) + head.getUint16(28, true)
  const pieces = piecesOf(blob, dataAt, Math.min(dataAt + entry.packedBytes, blob.size))
  const taken = { bytes: 0 }
  async function* counted() {
    for await (const piece of pieces) {
      taken.bytes += piece.length
      onRead(taken.bytes)
      yield piece
    }
  }
  let given = 0
  let crc = crc32Init()
  for await (const bytes of entry.packed === 'stored' ? counted() : inflate(counted(), entry.cut)) {
    given += bytes.length
    if (given > MAX_UNPACKED_BYTES || (given > RATIO_COUNTS_FROM && given > taken.bytes * MAX_RATIO)) throw new ZipBomb('it unpacks to too much')
    crc = crc32Update(crc, bytes)
    yield bytes
  }
  if (entry.cut) throw new ZipDamage('the archive ends before the entry')
  if (entry.crc !== null && crc32Final(crc) !== entry.crc) throw new ZipAltered('the entry is not as it was written')
}

async function* piecesOf(blob: Blob, from: number, to: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let at = from; at < to; at += READ_BYTES) {
    const bytes = new Uint8Array(await blob.slice(at, Math.min(at + READ_BYTES, to)).arrayBuffer())
    for (let piece = 0; piece < bytes.length; piece += PIECE_BYTES) yield bytes.subarray(piece, piece + PIECE_BYTES)
  }
}

/**
 * A cut stream is never closed: closing it is an error, and an error would throw away what has been unpacked but not yet read.
 */
async function* inflate(pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>, cut: boolean): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { readable, writable } = new DecompressionStream('deflate-raw')
  const reader = readable.getReader()
  const writer = writable.getWriter()
  let allWritten = false
  const writing = (async () => {
    for await (const piece of pieces) await writer.write(piece)
    allWritten = true
    if (!cut) await writer.close()
  })().catch(() => undefined)
  try {
    for (;;) {
      const reading = reader.read()
      const next = cut ? await Promise.race([reading, writing.then(settled)]) : await reading
      if (next === undefined || next.done) return
      yield new Uint8Array(next.value)
    }
  } catch (cause) {
    throw new ZipDamage(allWritten ? 'the entry does not end' : 'the entry is damaged', { cause })
  } finally {
    await reader.cancel().catch(() => undefined)
    await writer.abort().catch(() => undefined)
    await pieces.return(undefined)
  }
}

/** Resolves after everything that was under way has arrived. */
const settled = (): Promise<undefined> => new Promise((resolve) => setTimeout(resolve, 10))
