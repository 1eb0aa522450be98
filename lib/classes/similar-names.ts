/** `Mía  Pérez.` → `mia perez` */
const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/**
 * Whether two names may be two spellings of one person's: the same letters, one the beginning of the other at a word (`Mia`, `Mia P`), or,
 * from four letters on, one letter apart. A hint for a trainer, who decides.
 */
export function areSimilarNames(one: string, other: string): boolean {
  const [short = '', long = ''] = [plain(one), plain(other)].sort((a, b) => a.length - b.length)
  if (short === '') return false
  return short === long || long.startsWith(`${short} `) || (short.length >= 4 && isOneApart(short, long))
}

/** One letter more, less or other. `short` is not longer than `long`. */
function isOneApart(short: string, long: string): boolean {
  if (long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  return short.slice(short.length === long.length ? at + 1 : at) === long.slice(at + 1)
}

/** The pairs among people, each once. */
export function similarPairs<P extends { readonly name: string }>(people: readonly P[]): Array<readonly [P, P]> {
  return people.flatMap((one, i) => people.slice(i + 1).flatMap((other) => (areSimilarNames(one.name, other.name) ? [[one, other] as const] : [])))
}
