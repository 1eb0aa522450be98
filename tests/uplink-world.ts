import { vi } from 'vitest'
import { type Chunk, chunkText, OpenRecorder, Upload } from '@/lib/telemetry/chunk'
import type { PageEvent } from '@/lib/telemetry/page-events.client'

const bpmAt = (second: number): number => 100 + (second % 50)
/** What a heart did in the seconds [from, to), as `World.stored` tells it. */
export const secondsOf = (from: number, to: number): [number, number][] =>
  Array.from({ length: to - from }, (_, i) => [from + i, bpmAt(from + i)])

export const SERVER_START = Date.UTC(2026, 10, 22, 18)

/** The ingest contract over HTTP, with a network that can be cut. `timeMs` is the world's time; both device clocks derive from it. */
export class World {
  timeMs = 0
  wallSkewMs = 0
  sleptMs = 0
  online = true
  /** Stores, but the answer is lost on the way. */
  losesAnswers = false
  refusesGrant: number | null = null
  refusesOpening: { status: number; code: string } | null = null
  requests: { path: string; keepalive: boolean; bytes: number; chunks: number }[] = []
  recorders = new Map<string, { opened: OpenRecorder; chunks: Map<number, Chunk>; lastSeq: number | null }>()
  clock = { monotonicMs: () => this.timeMs - this.sleptMs, wallMs: () => 1_000_000 + this.timeMs + this.wallSkewMs }
  #page: ((event: PageEvent) => void)[] = []
  page = { listen: (listener: (event: PageEvent) => void) => (this.#page.push(listener), () => undefined) }
  tell(event: PageEvent): void {
    for (const listener of this.#page) listener(event)
  }

  fetch: typeof fetch = async (input, init) => {
    if (!this.online) throw new TypeError('Failed to fetch')
    const path = String(input)
    const text = String(init?.body ?? '')
    const answer = this.#answer(path, text === '' ? null : JSON.parse(text), new Headers(init?.headers).get('authorization'))
    const chunks = path.endsWith('/chunks') ? Upload.safeParse(JSON.parse(text)).data?.chunks.length : 0
    this.requests.push({ path, keepalive: init?.keepalive === true, bytes: text.length, chunks: chunks ?? -1 })
    if (this.losesAnswers) throw new TypeError('Failed to fetch')
    return answer
  }

  #answer(path: string, body: unknown, authorization: string | null): Response {
    const refuse = (status: number, code: string, fields?: Record<string, string>): Response =>
      Response.json({ error: { code, message: code, fields }, requestId: 'req_1' }, { status })
    if (path === '/api/time') return Response.json({ now: SERVER_START + this.timeMs })
    if (path === '/api/recorders') {
      if (this.refusesOpening) return refuse(this.refusesOpening.status, this.refusesOpening.code)
      const opened = OpenRecorder.parse(body)
      const recorderId = `rec_${opened.runId}`
      if (!this.recorders.has(recorderId)) this.recorders.set(recorderId, { opened, chunks: new Map(), lastSeq: null })
      return Response.json({ recorderId, grant: `grant-${recorderId}`, serverNow: SERVER_START + this.timeMs })
    }
    const recorder = this.recorders.get(path.split('/')[3] ?? '')
    if (recorder === undefined || authorization !== `Bearer grant-${path.split('/')[3]}`) return refuse(401, 'invalid_grant')
    if (this.refusesGrant !== null) return refuse(this.refusesGrant, this.refusesGrant === 410 ? 'too_late' : 'invalid_grant')
    const upload = Upload.safeParse(body)
    if (!upload.success) return refuse(400, 'invalid_input')
    const mismatched: number[] = []
    for (const chunk of upload.data.chunks) {
      const known = recorder.chunks.get(chunk.seq)
      if (known === undefined) recorder.chunks.set(chunk.seq, chunk)
      else if (chunkText(known) !== chunkText(chunk)) mismatched.push(chunk.seq)
    }
    if (upload.data.lastSeq !== undefined) recorder.lastSeq = upload.data.lastSeq
    const received = [...recorder.chunks.keys()].map((seq): [number, number] => [seq, seq + 1])
    if (mismatched.length > 0)
      return refuse(409, 'chunk_mismatch', {
        mismatched: mismatched.join(','),
        received: received.map((range) => range.join('-')).join(','),
      })
    return Response.json({ received })
  }

  /** Every second that the server holds, by server time, and how often it holds it. */
  stored(): [number, number][] {
    const seconds = new Map<number, number>()
    for (const { opened, chunks } of this.recorders.values()) {
      for (const chunk of chunks.values()) {
        chunk.bpm.forEach((bpm, slot) => {
          if (bpm !== null) seconds.set(Math.round((opened.startedAt - SERVER_START) / 1000) + chunk.seq * 15 + slot, bpm)
        })
      }
    }
    return [...seconds].sort(([a], [b]) => a - b)
  }
  /** Lets the world run for `seconds`, with one reading a second. */
  async run(recorder: { push(reading: { atMs: number; bpm: number; rr: number[] }): void }, seconds: number): Promise<void> {
    for (let i = 0; i < seconds; i += 1) {
      recorder.push({ atMs: this.clock.monotonicMs(), bpm: bpmAt(Math.round(this.timeMs / 1000)), rr: [600] })
      this.timeMs += 1_000
      vi.advanceTimersByTime(1_000)
    }
  }
  get samples(): number {
    return [...this.recorders.values()]
      .flatMap(({ chunks }) => [...chunks.values()].flatMap(({ bpm }) => bpm))
      .filter((bpm) => bpm !== null).length
  }
}

/** Web Locks of one browser, shared by its tabs. */
export class Locks {
  #held = new Set<string>()
  request = (async (name: string, ...rest: unknown[]) => {
    const options = typeof rest[0] === 'object' ? rest[0] : {}
    const work = rest.at(-1) as (lock: Lock | null) => unknown
    if (this.#held.has(name) && 'ifAvailable' in (options ?? {})) return work(null)
    this.#held.add(name)
    try {
      return await work({ name, mode: 'exclusive' })
    } finally {
      this.#held.delete(name)
    }
  }) as LockManager['request']
  /** What the browser does when a tab dies. */
  drop(): void {
    this.#held.clear()
  }
}
