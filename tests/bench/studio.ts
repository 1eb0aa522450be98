import { chromium as playwright, type Browser, type Page } from '@playwright/test'
import { build } from 'esbuild'
import { CHROMIUM_ARGS, findChromium } from '@/tests/e2e/chromium'
import { addHeartRate, freshEmail, join, openBrowser, signUp } from '@/tests/e2e/people'
import { startProduct } from '@/tests/e2e/product'
import { bluetoothRadio, chooseStrap, measurement } from '@/tests/e2e/strap'
import { joinFromNode, type NodeMember } from '@/tests/node-member'
import type { Relay } from './relays'

type Painted = Array<[participantId: string, bpm: number, atMs: number]>
type InPage = { painted(): Painted; watch(on: boolean): void; live(): number; feed(kind: Relay['kind'], url: string): Promise<void>; fps(ms: number): Promise<number> }

/** The product by its own command, a trainer's real page, and a class that members come to. */
export type Studio = {
  readonly trainer: Page
  inPage<K extends keyof InPage>(what: K, ...given: Parameters<InPage[K]>): Promise<Awaited<ReturnType<InPage[K]>>>
  /** Members without a browser. */
  come(count: number): Promise<NodeMember[]>
  /** One member in a real page, whose strap is emulated for the page's own Web Bluetooth. */
  wear(name: string): Promise<Wearer>
  close(): Promise<void>
}
export type Wearer = {
  readonly participantId: string
  notify(bpm: number): Promise<void>
  /** When the page had each notification, by bpm. */
  notified(): Promise<Array<[bpm: number, atMs: number]>>
}

declare global {
  var bench: InPage
  var notified: () => Array<[bpm: number, atMs: number]>
}

/** Nobody here has a camera: the wall of these figures has none. */
const ARGS = CHROMIUM_ARGS.filter((arg) => !arg.startsWith('--use-fake'))

/** `settings` are the class's own, beside those of a new one. */
export async function openStudio(capacity: number, settings: Record<string, unknown> = {}): Promise<Studio> {
  const product = await startProduct()
  process.env.E2E_URL = product.url
  process.env.E2E_DATA = product.dataDir
  const chromium = await playwright.launch({ executablePath: await findChromium(), args: ARGS, headless: true })
  const members: NodeMember[] = []
  const close = async (): Promise<void> => {
    for (const member of members) member.leave()
    await chromium.close()
    await product.stop()
  }
  try {
    const { trainer, classId, link } = await openRoom(chromium, product.url, { title: 'Bench', timezone: 'Europe/Berlin', capacity, ...settings })
    return {
      trainer,
      inPage: (what, ...given) =>
        trainer.evaluate(
          ([name, args]) => Reflect.apply(globalThis.bench[name], undefined, args),
          [what, given] as const,
        ),
      async come(count) {
        for (let place = 0; place < count; place++) members.push(await joinFromNode(product.url, classId, `Member ${members.length + 1}`))
        return members.slice(-count)
      },
      wear: (name) => wear(chromium, link, name),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function openRoom(chromium: Browser, origin: string, data: Record<string, unknown>) {
  // The feed opens sockets to other relays, which the page's policy rightly forbids.
  const context = await openBrowser(chromium, [], { bypassCSP: true })
  const feed = await build({ entryPoints: ['tests/bench/page-feed.ts'], bundle: true, write: false, format: 'iife', platform: 'browser', logLevel: 'silent' })
  await context.addInitScript({ content: feed.outputFiles[0]?.text ?? '' })
  const trainer = await context.newPage()
  await signUp(trainer, 'Tess Trainer', freshEmail('tess'))
  const answer = await trainer.request.post('/api/series', { headers: { origin }, data })
  const { classId, slug } = (await answer.json()) as { classId: string; slug: string }
  await trainer.goto(`/room/${classId}`)
  return { trainer, classId, link: `${origin}/c/${slug}` }
}

/** In the page: when each notification arrived, before the product's own listener hears it. */
function noteNotifications(): void {
  const notified: Array<[number, number]> = []
  const service = (globalThis as { BluetoothRemoteGATTService?: { prototype: BluetoothRemoteGATTService } }).BluetoothRemoteGATTService?.prototype
  if (!service) return
  const { getCharacteristic } = service
  service.getCharacteristic = async function (uuid) {
    const characteristic = await getCharacteristic.call(this, uuid)
    characteristic.addEventListener('characteristicvaluechanged', () => {
      const bpm = characteristic.value?.byteLength ? characteristic.value.getUint8(1 % characteristic.value.byteLength) : 0
      notified.push([bpm, performance.timeOrigin + performance.now()])
    })
    return characteristic
  }
  Object.assign(globalThis, { notified: () => notified.splice(0) })
}

async function wear(chromium: Browser, link: string, name: string): Promise<Wearer> {
  const radio = await bluetoothRadio(chromium)
  const strap = await radio.strap('09:09:09:09:09:09', 'Polar H10')
  const context = await openBrowser(chromium, [])
  await context.addInitScript(noteNotifications)
  const page = await context.newPage()
  await join(page, link, name)
  await chooseStrap(page, strap)
  await addHeartRate(page, { live: 'trainer', trainer: 'Tess', hrmax: 190 })
  const state = await page.request.get(`/api/classes/${/room\/(\w+)/.exec(page.url())?.[1] ?? ''}/state`)
  const { participants } = (await state.json()) as { participants: Array<{ participantId: string; name: string }> }
  return {
    participantId: participants.find((one) => one.name === name)?.participantId ?? '',
    notify: (bpm) => strap.notify(page, measurement(bpm)),
    notified: () => page.evaluate(() => globalThis.notified()),
  }
}
