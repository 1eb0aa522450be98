/** A stretch of plain text, or a link: what is shown and where it leads. */
export type TextPart = { readonly text: string; readonly href: string | null }

/** Only what says http itself, not in the middle of a word, and nothing that could pretend: no invisible sign, no backslash, no quote. */
const CANDIDATE = /(?<![\p{L}\p{N}_])https?:\/\/[^\s\p{C}\p{Z}\\<>"'`“”‘’«»]+/giu
const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

/**
 * Cuts a message into text and links. Everything stays text that a browser would open as anything but a plain web page: other schemes,
 * an address with a name before its host, a host without a dot. A host that is not plain letters is shown as the browser would ask for it.
 */
export function findLinks(text: string): TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const match of text.matchAll(CANDIDATE)) {
    const found = withoutTail(match[0])
    const url = safeUrl(found)
    if (!url) continue
    if (match.index > from) parts.push({ text: text.slice(from, match.index), href: null })
    const host = /^https?:\/\/([^/?#]*)/i.exec(found)?.[1] ?? ''
    parts.push({ text: /^[\x21-\x7e]+$/.test(host) ? found : url.href, href: url.href })
    from = match.index + found.length
  }
  if (from < text.length) parts.push({ text: text.slice(from), href: null })
  return parts
}

/** Without the punctuation of the sentence around it; a bracket stays when it was opened inside. */
function withoutTail(candidate: string): string {
  // Counted once: a message may be nothing but brackets, and a page shows fifty.
  const left = new Map<string, number>()
  for (const sign of candidate) left.set(sign, (left.get(sign) ?? 0) + 1)
  const count = (sign: string): number => left.get(sign) ?? 0
  let end = candidate.length
  for (; end > 0; end -= 1) {
    const last = candidate.charAt(end - 1)
    const opening = CLOSING[last]
    const closes = opening !== undefined && count(last) > count(opening)
    if (!closes && !/[.,;:!?…*_~|、。]/u.test(last)) break
    left.set(last, count(last) - 1)
  }
  return candidate.slice(0, end)
}

function safeUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  const web = url.protocol === 'https:' || url.protocol === 'http:'
  return web && url.username === '' && url.password === '' && /[^.]\.[^.]/.test(url.hostname) ? url : null
}
