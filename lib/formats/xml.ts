import { SaxesParser } from 'saxes'

/** A hundred hours of a talkative device, unpacked. */
export const MAX_XML_BYTES = 64 * 1024 * 1024
const MAX_DEPTH = 48
const MAX_TEXT = 256
const CHUNK = 64 * 1024
/** What careless writers get wrong without harm to the rest: a control character in a title. Anything else ends the reading. */
const FORGIVEN = /malformed character entity|disallowed character\.$/
/**
 * An ampersand that begins none of XML's own references: a bare one in a title, or an entity of a DTD. It is read as the character, so
 * that it swallows no element after it and nothing is ever expanded.
 */
const BARE_AMPERSAND = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)/g
const LONGEST_REFERENCE = 10

export type XmlVisitor = {
  /** `path`: the local names from the root to this element, prefixes removed: writers disagree on them, and few bind them all. */
  readonly open: (path: readonly string[], attributes: Readonly<Record<string, string>>) => void
  /** `text`: the element's own text, trimmed, its first 256 characters. */
  readonly close: (path: readonly string[], text: string) => void
}

class Stop extends Error {
  constructor(readonly outcome: 'whole' | 'damaged' | 'unsafe') {
    super()
  }
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/**
 * Walks an XML 1.0 document in chunks, whatever the bytes (UTF-8, or UTF-16 with its mark); never throws. 'unsafe': it has a DTD (which
 * is where entities and their expansion come from) or is nested deeper than any training file; 'damaged': it is not well formed, and
 * the visitor saw what came before.
 */
export function walkXml(bytes: Uint8Array, visitor: XmlVisitor): 'whole' | 'damaged' | 'unsafe' {
  const parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false })
  const path: string[] = []
  const texts: string[] = []
  parser.on('error', ({ message }) => {
    if (!FORGIVEN.test(message)) throw new Stop('damaged')
  })
  parser.on('doctype', () => {
    throw new Stop('unsafe')
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (path.push(localName(name)) > MAX_DEPTH) throw new Stop('unsafe')
    texts.push('')
    visitor.open(path, attributes)
  })
  const addText = (text: string) => {
    const own = texts.at(-1)
    if (own !== undefined && own.length < MAX_TEXT) texts[texts.length - 1] = own + text.slice(0, MAX_TEXT)
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    visitor.close(path, (texts.pop() ?? '').trim().slice(0, MAX_TEXT))
    path.pop()
  })
  const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)
  const decoder = new TextDecoder(mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8')
  let held = ''
  try {
    for (let at = 0; at < bytes.length; at += CHUNK) {
      const text = held + decoder.decode(bytes.subarray(at, at + CHUNK), { stream: true })
      // A reference that may go on in the next chunk waits for it.
      const open = text.lastIndexOf('&')
      const end = open >= text.length - LONGEST_REFERENCE && open >= 0 ? open : text.length
      held = text.slice(end)
      parser.write(text.slice(0, end).replaceAll(BARE_AMPERSAND, '&amp;'))
    }
    parser.write((held + decoder.decode()).replaceAll(BARE_AMPERSAND, '&amp;')).close()
    return 'whole'
  } catch (error) {
    return error instanceof Stop ? error.outcome : 'damaged'
  }
}

/** The local name of the root element, '' when there is none; 'unsafe' as `walkXml` has it. */
export function rootOf(bytes: Uint8Array): { readonly name: string; readonly unsafe: boolean } {
  let name = ''
  const walk = walkXml(bytes.subarray(0, CHUNK), {
    open: ([root]) => {
      name = root ?? ''
      throw new Stop('whole')
    },
    close: () => undefined,
  })
  return { name, unsafe: walk === 'unsafe' }
}

/** A decimal number as XML schema writes it; null for anything else. */
export function decimal(text: string | undefined): number | null {
  return text !== undefined && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text.trim()) ? Number(text) : null
}

export type Instant = { readonly atMs: number; readonly zoneOffsetMinutes: number | null }

/** An ISO 8601 instant; its zone when it names one other than Z (which every device writes, wherever it is). No zone counts as UTC. */
export function instant(text: string | undefined): Instant | null {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d{1,9})?(?:Z|([+-])(\d\d):?(\d\d))?$/i.exec((text ?? '').trim())
  if (match === null) return null
  const [, day = '', time = '', fraction = '', sign, hours, minutes] = match
  const wall = Date.parse(`${day}T${time}${fraction.slice(0, 4)}Z`)
  if (Number.isNaN(wall)) return null
  if (sign === undefined) return { atMs: wall, zoneOffsetMinutes: null }
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1) + 0
  return Math.abs(offset) <= 14 * 60 ? { atMs: wall - offset * 60_000, zoneOffsetMinutes: offset } : null
}

/** Text for an element or an attribute, without what XML cannot hold. */
export const escapeXml = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** `<name>value</name>` with at most `digits` decimals, nothing when there is no value. */
export const element = (name: string, value: number | null | undefined, digits: number): string =>
  value === null || value === undefined ? '' : `<${name}>${Number(value.toFixed(digits))}</${name}>`

