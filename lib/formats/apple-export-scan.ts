/**
 * Finds the elements of an Apple Health export (export.xml) that matter in a stream of text. A whole XML parser is fifty times slower than
 * this on gigabytes of records of which a few in a hundred count, and stops at the first damage; here each element stands alone, so damage
 * costs only itself, and Apple's DTD (which is not always well formed) is never looked at, let alone expanded.
 */
export type Attributes = Readonly<Record<string, string>>
export type AppleElements = {
  /** Whether records of this type are asked for, such as 'HKQuantityTypeIdentifierHeartRate'. */
  readonly wantsRecord: (type: string) => boolean
  readonly onRecord: (attributes: Attributes) => void
  /** The whole element, with what is in it, where it was not damaged: else its start alone, closed. */
  readonly onWorkout: ((xml: string) => void) | null
  readonly onDamage: () => void
}
export type AppleScan = {
  readonly push: (text: string) => void
  /** `cut`: it is known that more should have come, so an element that does not end is no damage of its own. */
  readonly end: (cut: boolean) => void
}

/** The longest start tag and the longest workout (with thousands of events) that are waited for. */
const MAX_TAG = 64 * 1024
const MAX_WORKOUT = 16 * 1024 * 1024
const RECORD = '<Record '
const WORKOUT = '<Workout '
const WORKOUT_END = '</Workout>'

const ENTITIES: Attributes = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
/** XML's own references; any other is left as it is written. */
const decoded = (value: string): string =>
  !value.includes('&')
    ? value
    : value.replaceAll(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-f]{1,6}));/gi, (all, name?: string, decimal?: string, hex?: string) => {
        if (name !== undefined) return ENTITIES[name] ?? all
        const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal)
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all
      })

const ATTRIBUTE = /\s+([\w:.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
const TAG_END = /\s*(\/?)>/y
const TYPE_FIRST = /<Record type="(\w*)"/y

/** The start tag at `from`, whose name has `nameLength` characters with its '<'; null: damaged; 'more': the text ends before it does. */
function startTag(text: string, from: number, nameLength: number): { attributes: Attributes; end: number; empty: boolean } | 'more' | null {
  const attributes: Record<string, string> = Object.create(null)
  let at = from + nameLength
  for (;;) {
    ATTRIBUTE.lastIndex = at
    const found = ATTRIBUTE.exec(text)
    if (found === null) break
    const [, name = '', double, single] = found
    attributes[name] = decoded(double ?? single ?? '')
    at = ATTRIBUTE.lastIndex
  }
  TAG_END.lastIndex = at
  const end = TAG_END.exec(text)
  if (end !== null) return { attributes, end: TAG_END.lastIndex, empty: end[1] === '/' }
  // A '<' can be in no tag: what follows it is another element.
  const next = text.indexOf('<', from + 1)
  return next >= 0 || text.length - from > MAX_TAG ? null : 'more'
}

export function scanAppleExport({ wantsRecord, onRecord, onWorkout, onDamage }: AppleElements): AppleScan {
  let held = ''
  let ending: 'no' | 'whole' | 'cut' = 'no'

  /** Where the element at `from` ends, or 'more'. */
  function record(text: string, from: number): number | 'more' {
    TYPE_FIRST.lastIndex = from
    const type = TYPE_FIRST.exec(text)?.[1]
    if (type !== undefined && !wantsRecord(type)) return TYPE_FIRST.lastIndex
    const tag = startTag(text, from, RECORD.length - 1)
    if (tag === 'more') return 'more'
    if (tag === null) onDamage()
    else if (wantsRecord(tag.attributes.type ?? '')) onRecord(tag.attributes)
    return tag?.end ?? from + RECORD.length
  }

  function workout(text: string, from: number): number | 'more' {
    if (onWorkout === null) return from + WORKOUT.length
    const tag = startTag(text, from, WORKOUT.length - 1)
    if (tag === 'more') return 'more'
    if (tag === null) {
      onDamage()
      return from + WORKOUT.length
    }
    const start = text.slice(from, tag.end)
    if (tag.empty) {
      onWorkout(start)
      return tag.end
    }
    const end = text.indexOf(WORKOUT_END, tag.end)
    const another = text.indexOf(WORKOUT, tag.end)
    if (end >= 0 && (another < 0 || end < another)) {
      onWorkout(text.slice(from, end + WORKOUT_END.length))
      return end + WORKOUT_END.length
    }
    if (another < 0 && ending === 'no' && text.length - from < MAX_WORKOUT) return 'more'
    if (another >= 0 || ending !== 'cut') onDamage()
    onWorkout(`${start.slice(0, -1)}/>`)
    return tag.end
  }

  function scan(text: string): void {
    let at = 0
    let nextRecord = text.indexOf(RECORD)
    let nextWorkout = text.indexOf(WORKOUT)
    while (nextRecord >= 0 || nextWorkout >= 0) {
      const isRecord = nextRecord >= 0 && (nextWorkout < 0 || nextRecord < nextWorkout)
      const from = isRecord ? nextRecord : nextWorkout
      const end = isRecord ? record(text, from) : workout(text, from)
      if (end === 'more') {
        held = text.slice(from)
        return
      }
      at = end
      if (nextRecord >= 0 && nextRecord < at) nextRecord = text.indexOf(RECORD, at)
      if (nextWorkout >= 0 && nextWorkout < at) nextWorkout = text.indexOf(WORKOUT, at)
    }
    // The beginning of a name may be cut between two chunks.
    const open = text.lastIndexOf('<')
    held = open >= at && text.length - open < WORKOUT.length ? text.slice(open) : ''
  }

  return {
    push: (text) => scan(held + text),
    end: (cut) => {
      ending = cut ? 'cut' : 'whole'
      const rest = held
      held = ''
      scan(rest)
      if (held !== '' && !cut) onDamage()
    },
  }
}
