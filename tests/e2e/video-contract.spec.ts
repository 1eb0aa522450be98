import type { Page } from '@playwright/test'
import { build } from 'esbuild'
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
}
const call = <K extends keyof Contract>(page: Page, name: K, ...args: Parameters<Contract[K]>): Promise<Awaited<ReturnType<Contract[K]>>> =>
  page.evaluate(
    ([what, given]) => (globalThis as unknown as { contract: Record<string, (...args: unknown[]) => unknown> }).contract[what]?.(...given) as never,
    [name, args] as const,
  )

test('the peer adapter keeps every promise of the video port', async ({ chromium, trouble }) => {
  const context = await openBrowser(chromium, trouble, { bypassCSP: true })
  const page = await context.newPage()
  await page.goto('/privacy')
  const bundle = await build({ entryPoints: ['tests/e2e/video-contract-page.ts'], bundle: true, write: false, format: 'iife', platform: 'browser', logLevel: 'silent' })
  await page.addScriptTag({ content: bundle.outputFiles[0]?.text ?? '' })
  await call(page, 'start')
  const driver = (id: string): VideoDriver => ({
    view: () => call(page, 'view', id),
    setCamera: (on) => call(page, 'setCamera', id, on),
    setTalk: (on) => call(page, 'setTalk', id, on),
    setShare: (on) => call(page, 'setShare', id, on),
    stats: () => call(page, 'stats', id),
    leave: () => call(page, 'leave', id),
  })
  const ids = { host: 'scr_host', ana: 'scr_ana', ben: 'scr_ben' }
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
