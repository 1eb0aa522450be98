/**
 * How much this line carries upwards: random bytes, which nothing on the way can make smaller, posted by a few lanes at once. Only what
 * the server has acknowledged counts; what a browser says it has handed over sits in a buffer.
 */
export type UploadProgress = { readonly part: number; readonly kbps: number | null }
export type UploadTestOptions = {
  /** Resolves when the server has read all of it. */
  readonly send?: (bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal) => Promise<void>
  readonly nowMs?: () => number
  readonly onProgress?: (progress: UploadProgress) => void
  readonly signal?: AbortSignal
}

const MEASURE_MS = 4_000
/** A slow line's last posts may take this much longer. */
const GRACE_MS = 4_000
/** More is not asked of any line: it is good for every class. */
const ENOUGH_BYTES = 24_000_000
const LANES = 3
const FIRST_BYTES = 32 * 1024
const LARGEST_BYTES = 512 * 1024
/** Posts that were faster than this are followed by larger ones, so that a round trip costs little. */
const QUICK_MS = 300

/** Kilobits a second; null when nothing came through. Rejects when the server refuses, or `signal` says stop. */
export async function measureUpload(options: UploadTestOptions = {}): Promise<number | null> {
  const { send = post, nowMs = () => performance.now(), onProgress, signal } = options
  const stop = new AbortController()
  const random = randomBytes(LARGEST_BYTES)
  const startMs = nowMs()
  const acks: Array<{ readonly atMs: number; readonly bytes: number }> = []
  const moved = () => acks.reduce((sum, { bytes }) => sum + bytes, 0)
  const abort = () => stop.abort(signal?.reason)
  signal?.addEventListener('abort', abort)
  const late = setTimeout(() => stop.abort(), MEASURE_MS + GRACE_MS)

  async function lane(): Promise<void> {
    let size = FIRST_BYTES
    while (nowMs() - startMs < MEASURE_MS && moved() < ENOUGH_BYTES && !stop.signal.aborted) {
      const sentMs = nowMs()
      await send(random.subarray(0, size), stop.signal)
      acks.push({ atMs: nowMs(), bytes: size })
      onProgress?.({ part: Math.min(1, Math.max((nowMs() - startMs) / MEASURE_MS, moved() / ENOUGH_BYTES)), kbps: rateOf(acks, startMs) })
      if (nowMs() - sentMs < QUICK_MS) size = Math.min(LARGEST_BYTES, size * 2)
    }
  }
  try {
    const ends = await Promise.allSettled(Array.from({ length: LANES }, lane))
    signal?.throwIfAborted()
    // Out of time is an answer; a refusal before anything came through is not.
    const refused = ends.find((end) => end.status === 'rejected')
    if (refused && !stop.signal.aborted && acks.length === 0) throw refused.reason
    return rateOf(acks, startMs)
  } finally {
    clearTimeout(late)
    signal?.removeEventListener('abort', abort)
    stop.abort()
  }
}

/** After the first answer, where there are enough: connecting is not carrying. */
export function rateOf(acks: ReadonlyArray<{ readonly atMs: number; readonly bytes: number }>, startMs: number): number | null {
  const [first] = acks
  const last = acks.at(-1)
  if (!first || !last) return null
  const steady = acks.length > LANES && last.atMs > first.atMs
  const bytes = acks.slice(steady ? 1 : 0).reduce((sum, ack) => sum + ack.bytes, 0)
  return Math.round((bytes * 8) / Math.max(1, last.atMs - (steady ? first.atMs : startMs)))
}

/** `getRandomValues` gives at most 65536 bytes at a time. */
function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536))
  return bytes
}

async function post(body: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<void> {
  const response = await fetch('/api/upload-test', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/octet-stream' },
    credentials: 'same-origin',
    cache: 'no-store',
    signal,
  })
  if (!response.ok) throw new Error(`the upload test was answered with ${response.status}`)
}
