/** Whole numbers as bytes: seven bits each, the lowest first, the sign folded into the lowest bit; small steps take one byte. */
export type IntWriter = { readonly write: (value: number) => void; readonly bytes: () => Uint8Array }

export function intWriter(): IntWriter {
  let buffer = new Uint8Array(64 * 1024)
  let at = 0
  return {
    write(value) {
      if (at + 10 > buffer.length) {
        const larger = new Uint8Array(buffer.length * 2)
        larger.set(buffer)
        buffer = larger
      }
      // Arithmetic instead of bit operators, which end at 32 bits.
      let rest = value < 0 ? -2 * value - 1 : 2 * value
      while (rest >= 128) {
        buffer[at++] = 128 + (rest % 128)
        rest = Math.floor(rest / 128)
      }
      buffer[at++] = rest
    },
    bytes: () => buffer.subarray(0, at),
  }
}

export type IntReader = { readonly read: () => number; readonly rest: () => number }

/** Reads what `intWriter` wrote. Throws a RangeError past the end, and for a number longer than 2^53. */
export function intReader(bytes: Uint8Array): IntReader {
  let at = 0
  return {
    read() {
      let folded = 0
      let scale = 1
      for (;;) {
        const byte = bytes[at++]
        if (byte === undefined || scale > 2 ** 49) throw new RangeError('no whole number here')
        folded += (byte & 127) * scale
        if (byte < 128) break
        scale *= 128
      }
      if (!Number.isSafeInteger(folded)) throw new RangeError('no whole number here')
      return folded % 2 === 1 ? -(folded + 1) / 2 : folded / 2
    },
    rest: () => bytes.length - at,
  }
}
