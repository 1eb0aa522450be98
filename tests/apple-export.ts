import { constants, crc32, deflateRawSync } from 'node:zlib'

/** Synthetic exports of Apple's Health app, made as its iPhone writes them: XML with its DTD, and the archive around it. */

/** Apple's own internal DTD, with the lines that iOS 16 put outside any declaration. */
export const APPLE_HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 14 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary|ClinicalRecord)*)>
<!ATTLIST HealthData
  locale CDATA #REQUIRED
>
<!ELEMENT Workout ((MetadataEntry|WorkoutEvent|WorkoutRoute|WorkoutStatistics)*)>
  device            CDATA #IMPLIED
<!ENTITY lol "lollollollol">
]>
<HealthData locale="en_GB">
 <ExportDate value="2026-11-22 09:00:00 +0000"/>
 <Me HKCharacteristicTypeIdentifierDateOfBirth="1990-01-01"/>
`
export const APPLE_TAIL = '</HealthData>\n'
export const WATCH = 'Anna’s Apple Watch'
const DEVICE =
  '&lt;&lt;HKDevice: 0x2830&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,1, software:10.1&gt;'

/** '2026-11-22 08:15:14 +0100' for an instant. */
export function appleDate(atMs: number, zone = '+0000'): string {
  const minutes = (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3))) * (zone.startsWith('-') ? -1 : 1)
  return `${new Date(atMs + minutes * 60_000).toISOString().slice(0, 19).replace('T', ' ')} ${zone}`
}

export type RecordSpec = { type: string; atMs: number; endMs?: number; value: number | string; unit: string; source?: string; zone?: string }
export const recordXml = ({ type, atMs, endMs = atMs, value, unit, source = WATCH, zone }: RecordSpec): string =>
  ` <Record type="HKQuantityTypeIdentifier${type}" sourceName="${source}" sourceVersion="10.1" device="${DEVICE}" unit="${unit}" creationDate="${appleDate(endMs, zone)}" startDate="${appleDate(atMs, zone)}" endDate="${appleDate(endMs, zone)}" value="${value}">\n  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="2"/>\n </Record>\n`
export const heartXml = (atMs: number, bpm: number | string, source?: string): string =>
  recordXml({ type: 'HeartRate', atMs, value: bpm, unit: 'count/min', source })

export type WorkoutSpec = { type: string; startMs: number; endMs: number; inside?: string; source?: string; zone?: string; attributes?: string }
export const workoutXml = ({ type, startMs, endMs, inside = '', source = WATCH, zone, attributes = '' }: WorkoutSpec): string =>
  ` <Workout workoutActivityType="HKWorkoutActivityType${type}" duration="${(endMs - startMs) / 60_000}" durationUnit="min" ${attributes} sourceName="${source}" sourceVersion="10.1" device="${DEVICE}" creationDate="${appleDate(endMs, zone)}" startDate="${appleDate(startMs, zone)}" endDate="${appleDate(endMs, zone)}">\n${inside} </Workout>\n`

export const appleXml = (...elements: string[]): string => APPLE_HEAD + elements.join('') + APPLE_TAIL

export const appleRoute = (points: ReadonlyArray<{ atMs: number; lat: number; lon: number; ele: number; speed: number }>): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Apple Health Export" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>Route</name><trkseg>${points
    .map(({ atMs, lat, lon, ele, speed }) => `<trkpt lon="${lon}" lat="${lat}"><ele>${ele}</ele><time>${new Date(atMs).toISOString().replace('.000', '')}</time><extensions><speed>${speed}</speed><course>1</course></extensions></trkpt>`)
    .join('')}</trkseg></trk></gpx>`

/** `parts` are packed already, as one deflate stream; `bytes` is how many they unpack to. */
export type Packed = { parts: Uint8Array[]; bytes: number; crc: number }
export type ZipFile = { name: string; content: string | Uint8Array | Packed; stored?: boolean }
export type ZipKind = { sizesFollow?: boolean; zip64?: boolean }

/** An archive as PKWARE's APPNOTE describes it, independent of how ours reads it. */
export function zipOf(files: readonly ZipFile[], { sizesFollow = false, zip64 = false }: ZipKind = {}): Blob {
  const parts: Uint8Array[] = []
  const central: Uint8Array[] = []
  let at = 0
  const put = (bytes: Uint8Array) => {
    parts.push(bytes)
    at += bytes.length
  }
  for (const { name, content, stored = false } of files) {
    const nameBytes = Buffer.from(name)
    const plain = typeof content === 'string' ? Buffer.from(content) : content
    const packed = 'parts' in plain ? plain : { parts: [stored ? plain : deflateRawSync(plain)], bytes: plain.length, crc: crc32(plain) }
    const packedBytes = packed.parts.reduce((sum, { length }) => sum + length, 0)
    const { crc } = packed
    const headerAt = at
    const method = stored ? 0 : 8
    const flags = 0x0800 | (sizesFollow ? 8 : 0)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50)
    local.writeUInt16LE(zip64 ? 45 : 20, 4)
    local.writeUInt16LE(flags, 6)
    local.writeUInt16LE(method, 8)
    const wideLocal = Buffer.alloc(zip64 && !sizesFollow ? 20 : 0)
    if (!sizesFollow) {
      local.writeUInt32LE(crc, 14)
      local.writeUInt32LE(zip64 ? 0xffffffff : packedBytes, 18)
      local.writeUInt32LE(zip64 ? 0xffffffff : packed.bytes, 22)
      if (zip64) {
        wideLocal.writeUInt16LE(1)
        wideLocal.writeUInt16LE(16, 2)
        wideLocal.writeBigUInt64LE(BigInt(packed.bytes), 4)
        wideLocal.writeBigUInt64LE(BigInt(packedBytes), 12)
      }
    }
    local.writeUInt16LE(nameBytes.length, 26)
    local.writeUInt16LE(wideLocal.length, 28)
    put(local)
    put(nameBytes)
    put(wideLocal)
    packed.parts.forEach(put)
    if (sizesFollow) {
      const descriptor = Buffer.alloc(zip64 ? 24 : 16)
      descriptor.writeUInt32LE(0x08074b50)
      descriptor.writeUInt32LE(crc, 4)
      if (zip64) {
        descriptor.writeBigUInt64LE(BigInt(packedBytes), 8)
        descriptor.writeBigUInt64LE(BigInt(packed.bytes), 16)
      } else {
        descriptor.writeUInt32LE(packedBytes, 8)
        descriptor.writeUInt32LE(packed.bytes, 12)
      }
      put(descriptor)
    }
    const entry = Buffer.alloc(46)
    const wide = Buffer.alloc(zip64 ? 28 : 0)
    entry.writeUInt32LE(0x02014b50)
    entry.writeUInt16LE(flags, 8)
    entry.writeUInt16LE(method, 10)
    entry.writeUInt32LE(crc, 16)
    entry.writeUInt32LE(zip64 ? 0xffffffff : packedBytes, 20)
    entry.writeUInt32LE(zip64 ? 0xffffffff : packed.bytes, 24)
    entry.writeUInt16LE(nameBytes.length, 28)
    entry.writeUInt16LE(wide.length, 30)
    entry.writeUInt32LE(zip64 ? 0xffffffff : headerAt, 42)
    if (zip64) {
      wide.writeUInt16LE(1)
      wide.writeUInt16LE(24, 2)
      ;[packed.bytes, packedBytes, headerAt].forEach((value, index) => wide.writeBigUInt64LE(BigInt(value), 4 + index * 8))
    }
    central.push(entry, nameBytes, wide)
  }
  const directoryAt = at
  central.forEach(put)
  const directoryBytes = at - directoryAt
  if (zip64) {
    const end = Buffer.alloc(56 + 20)
    end.writeUInt32LE(0x06064b50)
    end.writeBigUInt64LE(44n, 4)
    end.writeBigUInt64LE(BigInt(files.length), 24)
    end.writeBigUInt64LE(BigInt(files.length), 32)
    end.writeBigUInt64LE(BigInt(directoryBytes), 40)
    end.writeBigUInt64LE(BigInt(directoryAt), 48)
    end.writeUInt32LE(0x07064b50, 56)
    end.writeBigUInt64LE(BigInt(at), 64)
    end.writeUInt32LE(1, 72)
    put(end)
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(zip64 ? 0xffff : files.length, 8)
  end.writeUInt16LE(zip64 ? 0xffff : files.length, 10)
  end.writeUInt32LE(zip64 ? 0xffffffff : directoryBytes, 12)
  end.writeUInt32LE(zip64 ? 0xffffffff : directoryAt, 16)
  put(end)
  return new Blob(parts.map((part) => new Uint8Array(part)))
}

/** A deflate stream of blocks that are each packed once, however often they come: hundreds of megabytes in no time and no memory. */
export function packedOf(blocks: ReadonlyArray<{ text: string; times: number }>): Packed {
  const parts: Uint8Array[] = []
  let [bytes, crc] = [0, 0]
  for (const { text, times } of blocks) {
    const plain = Buffer.from(text)
    const packed = deflateRawSync(plain, { finishFlush: constants.Z_FULL_FLUSH })
    bytes += plain.length * times
    for (let time = 0; time < times; time++) {
      parts.push(packed)
      crc = crc32(plain, crc)
    }
  }
  parts.push(deflateRawSync(Buffer.alloc(0)))
  return { parts, bytes, crc }
}

export const exportZip = (xml: string | Packed, routes: Readonly<Record<string, string>> = {}, kind: ZipKind = {}): Blob =>
  zipOf(
    [
      { name: 'apple_health_export/export_cda.xml', content: '<ClinicalDocument/>' },
      ...Object.entries(routes).map(([name, content]) => ({ name: `apple_health_export/workout-routes/${name}`, content })),
      { name: 'apple_health_export/export.xml', content: xml },
    ],
    kind,
  )
