/** Breaks, control characters (a terminal obeys some), what turns the direction of the text around, and what nobody sees. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu
const UNSEEN = /[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff\u00ad]/g

/** What a person typed as a name or a title, as one line that shows all there is. For `z.string().overwrite(oneLine)`. */
export const oneLine = (text: string): string => text.replace(UNSEEN, '').replace(BREAKS, ' ').trim()

/** The same for a few lines: at most one empty line between two, and no letter that climbs out of its line by its accents. */
export const someLines = (text: string): string =>
  text
    .replace(UNSEEN, '')
    .replace(/\r\n?|[\p{Zl}\p{Zp}\u0085]/gu, '\n')
    .replace(/\t/g, ' ')
    .replace(/(?!\n)\p{Cc}/gu, '')
    .replace(/(\p{M}{4})\p{M}+/gu, '$1')
    // Not by an expression: one for "spaces before a break" takes the square of a long run of them.
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

/** For mails: a name that anybody may choose must not become a link that seems to be ours. Mail programs link `www.x.y` and `x.y` too. */
export const unlinked = (text: string): string => oneLine(text).replace(/:\/\//g, ': //').replace(/(?<=[\p{L}\d])\.(?=\p{L})/gu, '. ').replace(/@/g, ' at ')
