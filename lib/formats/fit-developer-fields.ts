import type { FieldDescriptionMesg, RecordMesg } from '@garmin/fitsdk'
import type { Values } from './collect-samples'
import type { StreamName } from './recording'

/** Native fields of a record (FIT profile, message 20) that a developer field may stand for. */
const NATIVE: { readonly [field: number]: StreamName } = {
  2: 'altitudeM',
  3: 'bpm',
  4: 'cadence',
  5: 'distanceM',
  6: 'speedMps',
  7: 'watts',
  73: 'speedMps',
  78: 'altitudeM',
}
/** Foot pods of some years named their field without saying what it stands for. */
const NAMED: { readonly [name: string]: StreamName } = { power: 'watts', heart_rate: 'bpm', cadence: 'cadence' }

/** What a record's developer fields say of our streams, by the file's own descriptions (FIT protocol 2.0, developer data). */
export function developerStreams(descriptions: readonly FieldDescriptionMesg[]): (record: RecordMesg) => Values {
  const known = descriptions.flatMap((description) => {
    // The decoder's own key for the field: its type does not say that it is there.
    const key = 'key' in description ? String(description.key) : undefined
    const native = typeof description.nativeFieldNum === 'number' ? NATIVE[description.nativeFieldNum] : undefined
    const { fieldName } = description
    const name = native ?? (typeof fieldName === 'string' ? NAMED[fieldName.toLowerCase().replaceAll(' ', '_')] : undefined)
    const scale = typeof description.scale === 'number' && description.scale > 0 ? description.scale : 1
    const offset = typeof description.offset === 'number' ? description.offset : 0
    return name === undefined || key === undefined ? [] : [{ key, name, scale, offset }]
  })
  if (known.length === 0) return () => ({})
  return ({ developerFields = {} }) => {
    const values: { [name in StreamName]?: number } = {}
    for (const { key, name, scale, offset } of known) {
      const value = developerFields[key]
      if (typeof value === 'number' && Number.isFinite(value)) values[name] ??= value / scale - offset
    }
    return values
  }
}
