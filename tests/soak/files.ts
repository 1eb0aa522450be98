import { Worker } from 'node:worker_threads'
import { filesFuzz } from '@/tests/files-fuzz'

const A_SLICE = 25_000
/** Looks once a second whether the seed is another; a reader that never ends would never let the main thread look itself. */
const WATCHDOG = `
  const { workerData } = require('node:worker_threads')
  let [last, seconds] = [-1, 0]
  setInterval(() => {
    const seed = Atomics.load(workerData, 0)
    seconds = seed === last ? seconds + 1 : 0
    last = seed
    if (seconds < 60) return
    require('node:fs').writeSync(2, 'seed ' + seed + ' does not end\\n')
    process.kill(process.pid, 'SIGKILL')
  }, 1000)`

/** Reads `runs` damaged files and says how they went; the process ends with the seed of one that hangs. */
export async function soakFiles(seed: number, runs: number, say: (line: string) => void): Promise<void> {
  const at = new Int32Array(new SharedArrayBuffer(4))
  const watchdog = new Worker(WATCHDOG, { eval: true, workerData: at })
  try {
    for (let from = seed; from < seed + runs; from += A_SLICE) {
      const slice = Math.min(A_SLICE, seed + runs - from)
      const { files, read, exports, exportsRead, slowestMs, slowestSeed } = await filesFuzz(from, slice, (own) => Atomics.store(at, 0, own))
      say(`${from - seed + slice} damaged files: of the last ${files} ${read} read, of ${exports} exports ${exportsRead}; the slowest took ${Math.round(slowestMs)} ms (seed ${slowestSeed})`)
    }
  } finally {
    await watchdog.terminate()
  }
}
