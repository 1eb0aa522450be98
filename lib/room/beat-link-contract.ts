import { expect, test, vi } from 'vitest'
import type { Beat, BeatLink } from './beat'

/** One class with a host's screen and two members' screens, over whatever carries beats. */
export type BeatLinkRig = {
  readonly host: BeatLink
  readonly ana: BeatLink
  readonly ben: BeatLink
  /** Something that is no beat, by the same way as Ana's beats; `null`: this way cannot carry it. */
  readonly nonsense: (() => void) | null
  /** Takes the way of Ana's screen down and up again; resolves when beats flow. */
  interrupt(whileDown: () => void): Promise<void>
  close(): Promise<void>
}

export const reading = (seq: number, bpm = 120): Beat => ({
  kind: 'reading',
  run: 'run1',
  seq,
  reach: 'trainer',
  bpm,
  percentOfMax: 71,
  zone: 3,
  estimated: true,
  contact: null,
  trend: 'rising',
})

/** What every BeatLink promises. `open` resolves when beats flow. */
export function beatLinkContract(open: () => Promise<BeatLinkRig>): void {
  async function run(check: (rig: BeatLinkRig, heard: Array<[string, Beat]>) => Promise<void>) {
    const rig = await open()
    const heard: Array<[string, Beat]> = []
    rig.host.receive((participantId, beat) => heard.push([participantId, beat]))
    await check(rig, heard).finally(() => rig.close())
  }

  test('a beat reaches the host’s screen unchanged, with the member whose way it came', () =>
    run(async ({ ana, ben }, heard) => {
      ana.send(reading(0, 120))
      ben.send(reading(0, 141))
      await vi.waitFor(() => expect(heard).toHaveLength(2), { timeout: 5_000 })
      expect(new Map(heard)).toEqual(
        new Map([
          ['ana', reading(0, 120)],
          ['ben', reading(0, 141)],
        ]),
      )
    }))

  test('no other member hears it, nor its sender', () =>
    run(async ({ ana, ben }, heard) => {
      const overheard: unknown[] = []
      ana.receive((...said) => overheard.push(said))
      ben.receive((...said) => overheard.push(said))
      ana.send(reading(0))
      ben.send(reading(0))
      await vi.waitFor(() => expect(heard).toHaveLength(2), { timeout: 5_000 })
      expect(overheard).toEqual([])
    }))

  test('what is not a beat is dropped, and what follows is not', () =>
    run(async ({ ana, nonsense }, heard) => {
      nonsense?.()
      ana.send(reading(1))
      await vi.waitFor(() => expect(heard).toEqual([['ana', reading(1)]]), { timeout: 5_000 })
    }))

  test('while there is no link beats are dropped, never queued; after it they flow again', () =>
    run(async ({ ana, interrupt }, heard) => {
      await interrupt(() => ana.send(reading(1)))
      ana.send(reading(2))
      await vi.waitFor(() => expect(heard).toEqual([['ana', reading(2)]]), { timeout: 5_000 })
    }))

  test('a listener that was taken away hears no more', () =>
    run(async ({ host, ana }, heard) => {
      const before: Beat[] = []
      const stop = host.receive((_, beat) => before.push(beat))
      ana.send(reading(0))
      await vi.waitFor(() => expect(heard).toHaveLength(1), { timeout: 5_000 })
      stop()
      ana.send(reading(1))
      await vi.waitFor(() => expect(heard).toHaveLength(2), { timeout: 5_000 })
      expect(before).toEqual([reading(0)])
    }))
}
