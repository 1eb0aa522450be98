import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packedOf, zipOf } from '@/tests/apple-export'
import { readZipDirectory, unpack, ZipAltered, ZipBomb, ZipDamage, type ZipDirectory } from './zip'

/** Made by Python's zipfile: two files and a comment; then the same to a pipe, with ZIP64 sizes after each entry. */
const PYTHON = 'UEsDBBQAAAgIAAAAIQDBSEJZDAAAACwBAAAIAAAAYS/DqS50eHTLSM3JyVfIGCWJIAFQSwMEFAAAAAAAAAAhAH+JVAgDAAAAAwAAAAUAAABiLmJpbgABAlBLAQIUAxQAAAgIAAAAIQDBSEJZDAAAACwBAAAIAAAAAAAAAAAAAACAAQAAAABhL8OpLnR4dFBLAQIUAxQAAAAAAAAAIQB/iVQIAwAAAAMAAAAFAAAAAAAAAAAAAACAATIAAABiLmJpblBLBQYAAAAAAgACAGkAAABYAAAABgBhIG5vdGU='
const PYTHON_PIPE = 'UEsDBC0ACAgIAAAAIQAAAAAA//////////8IABQAYS/DqS50eHQBABAAAAAAAAAAAAAAAAAAAAAAAMtIzcnJV8gYJYkgAVBLBwjBSEJZDAAAAAAAAAAsAQAAAAAAAFBLAwQtAAgAAAAAACEAAAAAAP//////////BQAUAGIuYmluAQAQAAAAAAAAAAAAAAAAAAAAAAAAAQJQSwcIf4lUCAMAAAAAAAAAAwAAAAAAAABQSwECLQMtAAgICAAAACEAwUhCWQwAAAAsAQAACAAAAAAAAAAAAAAAgAEAAAAAYS/DqS50eHRQSwECLQMtAAgAAAAAACEAf4lUCAMAAAADAAAABQAAAAAAAAAAAAAAgAFeAAAAYi5iaW5QSwUGAAAAAAIAAgBpAAAAsAAAAAAA'
const blobOf = (base64: string) => new Blob([Buffer.from(base64, 'base64')])

async function directoryOf(blob: Blob): Promise<ZipDirectory> {
  const directory = await readZipDirectory(blob)
  if (typeof directory === 'string') throw new Error(directory)
  return directory
}
async function textsOf(blob: Blob): Promise<string[]> {
  const texts: string[] = []
  for (const entry of (await directoryOf(blob)).entries) {
    const decoder = new TextDecoder()
    let text = `${entry.name}: `
    try {
      for await (const bytes of unpack(blob, entry)) text += decoder.decode(bytes, { stream: true })
    } catch (error) {
      text += ` (${error instanceof ZipAltered ? 'altered' : error instanceof ZipDamage ? 'damaged' : String(error)})`
    }
    texts.push(text)
  }
  return texts
}
const HELLO = 'hello '.repeat(50)
const WHOLE = [`a/é.txt: ${HELLO}`, 'b.bin: \0\x01\x02']

describe('an archive', () => {
  it.each([['of another writer', PYTHON], ['of another writer to a pipe', PYTHON_PIPE]])('%s is read', async (_, base64) => {
    expect(await textsOf(blobOf(base64))).toEqual(WHOLE)
  })

  it.each([['of another writer', PYTHON], ['of another writer to a pipe', PYTHON_PIPE]])('%s without its directory is read from the front', async (_, base64) => {
    const blob = blobOf(base64)
    const cut = blob.slice(0, blob.size - 40)
    expect(await directoryOf(cut)).toMatchObject({ whole: false, entries: [{ cut: false }, { cut: false }] })
    expect(await textsOf(cut)).toEqual(WHOLE)
  })

  it('cut within an entry gives what comes before the cut', async () => {
    const text = Array.from({ length: 9_000 }, (_, i) => `${(i * 7919) % 10_007} `).join('')
    const blob = zipOf([{ name: 'first', content: 'whole' }, { name: 'second', content: text }])
    const [first, second = ''] = await textsOf(blob.slice(0, Math.floor(blob.size * 0.6)))
    expect(first).toBe('first: whole')
    expect(second.endsWith(' (damaged)')).toBe(true)
    const kept = second.slice('second: '.length, -' (damaged)'.length)
    expect(text.startsWith(kept)).toBe(true)
    expect(kept.length / text.length).toBeGreaterThan(0.5)
  })

  it.each([['with its directory', PYTHON, 0], ['read from the front', PYTHON, 40], ['of a pipe, read from the front', PYTHON_PIPE, 40]])('%s and a byte altered gives it all, and says so', async (_, base64, cut) => {
    const bytes = Buffer.from(base64, 'base64').subarray(0, -cut || undefined)
    const stored = bytes.indexOf(Buffer.from([0, 1, 2])) + 1
    bytes[stored] = 7
    expect(await textsOf(new Blob([bytes]))).toEqual([WHOLE[0], 'b.bin: \0\x07\x02 (altered)'])
  })

  it('whose entry is damaged says so', async () => {
    // A block of a kind that there is not.
    const packed = packedOf([{ text: HELLO, times: 1 }])
    packed.parts[1] = new Uint8Array([0x07])
    expect(await textsOf(zipOf([{ name: 'x', content: packed }]))).toEqual([expect.stringMatching(/^x: (hello )* \(damaged\)$/)])
  })
})

describe('an archive made to harm', () => {
  it('that unpacks to too much for its size is stopped early', async () => {
    const blob = zipOf([{ name: 'bomb', content: packedOf([{ text: '\0'.repeat(1024 * 1024), times: 4_000 }]) }])
    const [entry] = (await directoryOf(blob)).entries
    let given = 0
    const all = async () => {
      for await (const bytes of unpack(blob, entry!)) given += bytes.length
    }
    await expect(all()).rejects.toThrow(ZipBomb)
    expect(given).toBeLessThan(48 * 1024 * 1024)
  })

  it('whose entries share their bytes is refused', async () => {
    const blob = zipOf([{ name: 'a', content: HELLO }, { name: 'b', content: HELLO }])
    const bytes = Buffer.from(await blob.arrayBuffer())
    const second = bytes.lastIndexOf(Buffer.from('504b0102', 'hex'))
    bytes.writeUInt32LE(4, second + 42)
    expect(await readZipDirectory(new Blob([bytes]))).toBe('unsafe')
  })

  it('never crashes and never hangs, whatever the damage', async () => {
    const seeds = await Promise.all([blobOf(PYTHON), blobOf(PYTHON_PIPE), zipOf([{ name: 'a', content: HELLO }], { zip64: true })].map(async (blob) => new Uint8Array(await blob.arrayBuffer())))
    const damage = fc.array(fc.tuple(fc.nat(500), fc.nat(255)), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...seeds), damage, fc.nat(400), async (seed, changes, cut) => {
        const bytes = new Uint8Array(seed)
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
        const blob = new Blob([bytes.subarray(0, cut < 60 ? bytes.length - cut : bytes.length)])
        const directory = await readZipDirectory(blob)
        if (typeof directory !== 'string') await textsOf(blob)
      }),
      { numRuns: 150 },
    )
  })
})
