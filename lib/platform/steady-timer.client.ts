/**
 * Timers that go on in a page that nobody looks at. Browsers slow a hidden page's own timers to one a second and, after five minutes, to
 * one a minute; those of a dedicated worker run on (HTML, "timers"; Chrome's intensive throttling). A trainer's screen is hidden behind a
 * call for whole classes. Without workers (old browsers, Node) these are the page's own.
 */
const SCRIPT = `const timers = new Map()
onmessage = ({ data: [id, ms] }) => {
  clearTimeout(timers.get(id))
  if (ms === null) timers.delete(id)
  else timers.set(id, setTimeout(() => { timers.delete(id); postMessage(id) }, ms))
}`

const waiting = new Map<number, () => void>()
let worker: Worker | null | undefined
let lastId = 0

function clock(): Worker | null {
  if (worker !== undefined) return worker
  worker = null
  if (typeof Worker === 'undefined') return null
  try {
    const started = new Worker(URL.createObjectURL(new Blob([SCRIPT], { type: 'text/javascript' })))
    started.onmessage = ({ data }: MessageEvent<number>) => {
      const run = waiting.get(data)
      waiting.delete(data)
      run?.()
    }
    // A browser that forbids it after all: what waits is handed to the page's own timers.
    started.onerror = () => {
      worker = null
      const late = [...waiting.values()]
      waiting.clear()
      for (const run of late) setTimeout(run, 0)
    }
    worker = started
  } catch {
    // No worker: the page's own timers.
  }
  return worker
}

/** Runs once after `ms`; returns what cancels it. */
export function after(ms: number, run: () => void): () => void {
  const steady = clock()
  if (!steady) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  }
  const id = ++lastId
  waiting.set(id, run)
  steady.postMessage([id, ms])
  return () => {
    if (waiting.delete(id)) steady.postMessage([id, null])
  }
}

/** Runs every `ms` until the returned function is called. */
export function every(ms: number, run: () => void): () => void {
  if (!clock()) {
    const timer = setInterval(run, ms)
    return () => clearInterval(timer)
  }
  let cancel = after(ms, tick)
  let stopped = false
  function tick(): void {
    run()
    if (!stopped) cancel = after(ms, tick)
  }
  return () => {
    stopped = true
    cancel()
  }
}
