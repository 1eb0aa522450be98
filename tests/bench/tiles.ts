import type { Section } from './figures'
import { beatFor, settle } from './latency'
import { readCurves } from './recordings'
import { openStudio } from './studio'
import type { NodeMember } from '@/tests/node-member'
import { times } from './world'

const TILES = 49
const ROUNDS = 3
const SECONDS = 8

/** The trainer's own call has the pictures. */
const WITHOUT_VIDEO = { videoPlace: 'own_link', videoUrl: 'https://example.com/call' }

/**
 * A wall of 49 without video in the product and a real Chromium: is it smooth, and what does it cost. Each strap notifies once a second, as
 * the hearts of the recordings went; beside it the worst that a wall can meet, every number another one than the last.
 */
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
    const busyPct = async (heartOf?: (participantId: string) => number): Promise<number> => {
      const [before, begin] = [await busyS(), performance.now()]
      await beatFor(SECONDS, members, undefined, heartOf)
      return ((await busyS()) - before) / ((performance.now() - begin) / 100_000)
    }
    const recorded = recordedHearts(members)
    const [real, worst]: [number[], number[]] = [[], []]
    for (let round = 0; round < ROUNDS; round++) {
      real.push(await busyPct(recorded))
      worst.push(await busyPct())
    }
    const fps = await times(ROUNDS, async () => (await Promise.all([studio.inPage('fps', SECONDS * 1_000), beatFor(SECONDS, members)]))[0])
    tell(`${TILES} tiles, ${SECONDS} s a round`)
    return [
      { key: 'tiles49_fps', what: '49 tiles at 1 Hz, frames a second', unit: 'fps', samples: fps, bar: '60' },
      { key: 'tiles49_main_thread_pct', what: 'the same, main thread busy, recorded hearts', unit: '%', samples: real, bar: '≤ 5' },
      { what: 'every number another one than the last', unit: '%', samples: worst },
    ]
  } finally {
    await studio.close()
  }
}

/** Each member another second of a real recording, and on from there. */
function recordedHearts(members: readonly NodeMember[]): (participantId: string) => number {
  const curves = readCurves().map(({ bpm }) => bpm.filter((value) => value !== null))
  const hearts = new Map(members.map(({ participantId }, place) => [participantId, { curve: curves[place % curves.length] ?? [], second: place * 977 }]))
  return (participantId) => {
    const heart = hearts.get(participantId)
    return heart ? (heart.curve[heart.second++ % heart.curve.length] ?? NaN) : NaN
  }
}
