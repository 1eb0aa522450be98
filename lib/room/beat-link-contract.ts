import type { Beat, BeatLink } from './beat'

/** One screen's link as a test reaches it: in this process, or in a browser's page. */
export interface BeatScreen {
  send(beat: Beat): Promise<void>
  listen(): Promise<{ heard(): Promise<HeardBeats>; stop(): Promise<void> }>
}
export type HeardBeats = ReadonlyArray<readonly [participantId: string, beat: Beat]>
/** One class with a host's screen and two members' screens, over whatever carries beats. */
export type BeatLinkRig = {
  readonly host: BeatScreen
  readonly ana: BeatScreen
  readonly ben: BeatScreen
  /** Something that is no beat, by the same way as Ana's beats. */
  nonsense(): Promise<void>
  /** Takes the way of Ana's screen down and up again; resolves when beats flow. */
  interrupt(whileDown: () => Promise<void>): Promise<void>
}
/** `run` is new for each promise, so that one rig can keep them all. */
export type BeatLinkPromise = { readonly promise: string; readonly keep: (rig: BeatLinkRig, run: string) => Promise<void> }

/** A link in this process. */
export const beatScreen = (link: BeatLink): BeatScreen => ({
  send: async (beat) => link.send(beat),
  async listen() {
    const heard: Array<[string, Beat]> = []
    const stop = link.receive((participantId, beat) => heard.push([participantId, beat]))
    return { heard: async () => heard, stop: async () => stop() }
  },
})

export const reading = (run: string, seq: number, bpm = 120): Beat => ({
  kind: 'reading',
  run,
  seq,
  reach: 'trainer',
  bpm,
  percentOfMax: 71,
  zone: 3,
  estimated: true,
  contact: null,
  trend: 'rising',
  at: 1_800_000_000_000 + seq,
})

const PATIENCE_MS = 15_000
const LOOK_AGAIN_MS = 10

type Listening = Awaited<ReturnType<BeatScreen['listen']>>

/** Until exactly these were heard of this run: [who, number]. Beats of other runs are another promise's. */
async function hears({ heard }: Listening, run: string, wanted: ReadonlyArray<readonly [string, number]>): Promise<HeardBeats> {
  const want = JSON.stringify(wanted)
  for (let waited = 0; ; waited += LOOK_AGAIN_MS) {
    const mine = (await heard()).filter(([, beat]) => beat.run === run)
    const have = JSON.stringify(mine.map(([who, { seq }]) => [who, seq]))
    if (have === want) return mine
    if (mine.length > wanted.length || waited > PATIENCE_MS) throw new Error(`Heard ${have}, wanted ${want}.`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
}

/** What every BeatLink promises, on a rig over which beats flow. */
export const BEAT_LINK_CONTRACT: readonly BeatLinkPromise[] = [
  {
    promise: 'a beat reaches the host’s screen unchanged, with the member whose way it came',
    async keep({ host, ana, ben }, run) {
      const listening = await host.listen()
      await ana.send(reading(run, 0, 120))
      await hears(listening, run, [['ana', 0]])
      await ben.send(reading(run, 0, 141))
      const said = JSON.stringify([
        ['ana', reading(run, 0, 120)],
        ['ben', reading(run, 0, 141)],
      ])
      const heard = JSON.stringify(await hears(listening, run, [['ana', 0], ['ben', 0]]))
      if (heard !== said) throw new Error(`Said ${said}, heard ${heard}.`)
    },
  },
  {
    promise: 'no other member hears it, nor its sender',
    async keep({ host, ana, ben }, run) {
      const [listening, atAna, atBen] = [await host.listen(), await ana.listen(), await ben.listen()]
      await ana.send(reading(run, 0))
      await hears(listening, run, [['ana', 0]])
      await ben.send(reading(run, 1))
      await hears(listening, run, [['ana', 0], ['ben', 1]])
      await hears(atAna, run, [])
      await hears(atBen, run, [])
    },
  },
  {
    promise: 'what is not a beat is dropped, and what follows is not',
    async keep({ host, ana, nonsense }, run) {
      const listening = await host.listen()
      await nonsense()
      await ana.send(reading(run, 1))
      await hears(listening, run, [['ana', 1]])
    },
  },
  {
    promise: 'no beat is heard twice, and none after a later one of its run; another run begins anew',
    async keep({ host, ana }, run) {
      const listening = await host.listen()
      const other = `${run}b`
      await ana.send(reading(run, 2))
      await hears(listening, run, [['ana', 2]])
      for (const seq of [2, 1]) await ana.send(reading(run, seq))
      await ana.send(reading(other, 0))
      await hears(listening, other, [['ana', 0]])
      await ana.send(reading(run, 3))
      await hears(listening, run, [['ana', 2], ['ana', 3]])
    },
  },
  {
    promise: 'while there is no link beats are dropped, never queued; after it they flow again',
    async keep({ host, ana, interrupt }, run) {
      const listening = await host.listen()
      await interrupt(() => ana.send(reading(run, 1)))
      await ana.send(reading(run, 2))
      await hears(listening, run, [['ana', 2]])
    },
  },
  {
    promise: 'a listener that was taken away hears no more',
    async keep({ host, ana }, run) {
      const [listening, gone] = [await host.listen(), await host.listen()]
      await ana.send(reading(run, 0))
      await hears(gone, run, [['ana', 0]])
      await gone.stop()
      await ana.send(reading(run, 1))
      await hears(listening, run, [['ana', 0], ['ana', 1]])
      await hears(gone, run, [['ana', 0]])
    },
  },
]
