import type { Browser, Page } from '@playwright/test'
import { build } from 'esbuild'
import { BEAT_LINK_CONTRACT, type BeatLinkRig, type BeatScreen, type HeardBeats, reading } from '@/lib/room/beat-link-contract'
import type { Beat } from '@/lib/room/beat'
import { VIDEO_ROOM_CONTRACT, type VideoDriver, type VideoRig, type VideoView } from '@/lib/room/video-room-contract'
import { expect, openBrowser, test } from './people'

type Stats = Awaited<ReturnType<VideoDriver['stats']>>
type Contract = {
  start(): Promise<void>
  view(id: string): VideoView
  setCamera(id: string, on: boolean): Promise<void>
  setTalk(id: string, on: boolean): Promise<void>
  setShare(id: string, on: boolean): Promise<void>
  letMeet(reach: Parameters<VideoRig['letMeet']>[0]): void
  stats(id: string): Promise<Stats>
  leave(id: string): void
  breakNetwork(): void
  sendBeat(id: string, beat: Beat): void
  say(id: string, to: string, data: unknown): void
  listen(id: string): number
  heard(listening: number): HeardBeats
  unlisten(listening: number): void
  reaches(id: string): string[]
}
declare global {
  var contract: Contract
}
const call = <K extends keyof Contract>(page: Page, name: K, ...args: Parameters<Contract[K]>): Promise<Awaited<ReturnType<Contract[K]>>> =>
  page.evaluate(
    ([what, given]) => Reflect.apply(globalThis.contract[what], undefined, given),
    [name, args] as const,
  )

const ids = { host: 'scr_host', ana: 'scr_ana', ben: 'scr_ben' }

/** One class on one page, its three screens joined with their cameras off. */
async function openClass(chromium: Browser, trouble: string[]): Promise<Page> {
  const context = await openBrowser(chromium, trouble, { bypassCSP: true })
  const page = await context.newPage()
  await page.goto('/privacy')
  const bundle = await build({ entryPoints: ['tests/e2e/video-contract-page.ts'], bundle: true, write: false, format: 'iife', platform: 'browser', logLevel: 'silent' })
  await page.addScriptTag({ content: bundle.outputFiles[0]?.text ?? '' })
  await call(page, 'start')
  return page
}

test('the peer adapter keeps every promise of the video port', async ({ chromium, trouble }) => {
  const page = await openClass(chromium, trouble)
  const driver = (id: string): VideoDriver => ({
    view: () => call(page, 'view', id),
    setCamera: (on) => call(page, 'setCamera', id, on),
    setTalk: (on) => call(page, 'setTalk', id, on),
    setShare: (on) => call(page, 'setShare', id, on),
    stats: () => call(page, 'stats', id),
    leave: () => call(page, 'leave', id),
  })
  const rig: VideoRig = {
    ids,
    host: driver(ids.host),
    ana: driver(ids.ana),
    ben: driver(ids.ben),
    letMeet: (reach) => call(page, 'letMeet', reach),
    breakNetwork: () => call(page, 'breakNetwork'),
    until: (what, check, withinMs) => expect.poll(check, { message: what, timeout: withinMs, intervals: [50] }).toBe(true),
  }
  for (const { promise, keep } of VIDEO_ROOM_CONTRACT) await test.step(promise, () => keep(rig))
})

test('its data path, without a camera, keeps every promise of a link for beats', async ({ chromium, trouble }) => {
  const page = await openClass(chromium, trouble)
  const standing = () => expect.poll(() => call(page, 'reaches', ids.host), { timeout: 20_000, intervals: [50] }).toEqual([ids.ana, ids.ben])
  const screen = (id: string): BeatScreen => ({
    send: (beat) => call(page, 'sendBeat', id, beat),
    async listen() {
      const listening = await call(page, 'listen', id)
      return { heard: () => call(page, 'heard', listening), stop: () => call(page, 'unlisten', listening) }
    },
  })
  const rig: BeatLinkRig = {
    host: screen(ids.host),
    ana: screen(ids.ana),
    ben: screen(ids.ben),
    nonsense: () => call(page, 'say', ids.ana, ids.host, { ...reading('nonsense', 0), bpm: 9_000 }),
    async interrupt(whileDown) {
      await call(page, 'breakNetwork')
      await whileDown()
      await flowing()
    },
  }
  /** Both of the members' ways stand at both ends. */
  async function flowing(): Promise<void> {
    await standing()
    const listening = await rig.host.listen()
    let seq = 0
    await expect(async () => {
      for (const [name, who] of [['ana', rig.ana], ['ben', rig.ben]] as const) await who.send(reading(`try_${name}`, (seq += 1)))
      expect(new Set((await listening.heard()).map(([who]) => who))).toEqual(new Set(['ana', 'ben']))
    }).toPass({ timeout: 20_000, intervals: [100] })
    await listening.stop()
  }
  await flowing()
  for (const [index, { promise, keep }] of BEAT_LINK_CONTRACT.entries()) await test.step(promise, () => keep(rig, `run${index}`))
})
