/** A small generator of numbers that are the same for the same seed (mulberry32): `next(n)` is a whole number from 0 to n − 1. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const TROUBLE = [0x00, 0x01, 0x26, 0x3c, 0x3e, 0x40, 0x60, 0x7f, 0x80, 0xfe, 0xff]
const WORDS = ['<', '</', '<!DOCTYPE x [', '<![CDATA[', '-->', '&#0;', '&x;', 'xmlns="', '1e999', '-0', '\u0000', '9999-99-99T99:99:99Z', '.FIT'].map((word) =>
  new TextEncoder().encode(word),
)

/**
 * A damaged copy of real bytes: one to six of bits flipped, bytes replaced by troublesome ones, pieces cut out, doubled, moved, the end cut
 * off, or a piece of another file put in. The same seed makes the same damage; never longer than both files together and a little.
 */
export function mutate(bytes: Uint8Array, other: Uint8Array, seed: number): Uint8Array {
  const next = seeded(seed)
  let changed: Uint8Array = bytes.slice()
  for (let times = 1 + next(6); times > 0 && changed.length > 0; times--) {
    const at = next(changed.length)
    const end = Math.min(changed.length, at + 1 + next(1 + next(400)))
    const piece = changed.slice(at, end)
    switch (next(9)) {
      case 0:
        changed[at] = (changed[at] ?? 0) ^ (1 << next(8))
        break
      case 1:
        changed[at] = TROUBLE[next(TROUBLE.length)] ?? 0
        break
      case 2:
        // The first bytes say what the rest is: they deserve more than their share.
        changed[next(Math.min(changed.length, 96))] = next(256)
        break
      case 3:
        changed.fill(TROUBLE[next(TROUBLE.length)] ?? 0, at, Math.min(end, at + 8))
        break
      case 4:
        changed = joined(changed.subarray(0, at), changed.subarray(end))
        break
      case 5:
        changed = joined(changed.subarray(0, end), piece, changed.subarray(end))
        break
      case 6:
        changed = changed.slice(0, at)
        break
      case 7:
        changed = joined(changed.subarray(0, at), WORDS[next(WORDS.length)] ?? piece, changed.subarray(at))
        break
      default: {
        const from = next(Math.max(1, other.length))
        changed = joined(changed.subarray(0, at), other.subarray(from, from + piece.length), changed.subarray(end))
      }
    }
  }
  return changed
}

function joined(...pieces: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
