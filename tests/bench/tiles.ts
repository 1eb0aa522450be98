import type { Section } from './figures'
import { beatFor, settle } from './latency'
import { openStudio } from './studio'
import { times } from './world'

const TILES = 49
const ROUNDS = 3
const SECONDS = 8

/** The trainer's own call has the pictures. */
const WITHOUT_VIDEO = { videoPlace: 'own_link', videoUrl: 'https://example.com/call' }

/** A wall of 49 without video, each heart heard once a second, in the product and a real Chromium: is it smooth, and what does it cost. */
export const tiles: Section = async (tell) => {
  const studio = await openStudio(TILES, WITHOUT_VIDEO)
  try {
    const members = await studio.come(TILES)
    await settle(studio, members)
    const devtools = await studio.trainer.context().newCDPSession(studio.trainer)
    // In time of the thread itself: what else this machine does is not the page's.
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
    await studio.inPage('watch', false)
    const busyS = async (): Promise<number> =>
      (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN
    // Counting frames makes frames: the two are measured one after the other.
    const busy = await times(ROUNDS, async () => {
      const [before, begin] = [await busyS(), performance.now()]
      await beatFor(SECONDS, members)
      return ((await busyS()) - before) / ((performance.now() - begin) / 100_000)
    })
    const fps = await times(ROUNDS, async () => (await Promise.all([studio.inPage('fps', SECONDS * 1_000), beatFor(SECONDS, members)]))[0])
    tell(`${TILES} tiles, ${SECONDS} s a round`)
    return [
      { key: 'tiles49_fps', what: '49 tiles at 1 Hz, frames a second', unit: 'fps', samples: fps, bar: '60' },
      { key: 'tiles49_main_thread_pct', what: 'the same, main thread busy', unit: '%', samples: busy, bar: '≤ 5' },
    ]
  } finally {
    await studio.close()
  }
}
