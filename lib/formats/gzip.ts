export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/** Null when it unpacks to more than `limit` bytes: it stops there, however much more would come. A damaged end keeps what came before. */
export async function gunzip(bytes: Uint8Array, limit: number): Promise<{ bytes: Uint8Array; whole: boolean } | null> {
  const reader = through(bytes, new DecompressionStream('gzip')).getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  let whole = true
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      length += next.value.length
      if (length > limit) {
        await reader.cancel().catch(() => undefined)
        return null
      }
      chunks.push(next.value)
    }
  } catch {
    whole = false
  }
  const all = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return { bytes: all, whole }
}

export const gzip = async (bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await new Response(through(bytes, new CompressionStream('gzip'))).arrayBuffer())

const through = (bytes: Uint8Array, stream: CompressionStream | DecompressionStream) =>
  new Blob([new Uint8Array(bytes)]).stream().pipeThrough(stream)
