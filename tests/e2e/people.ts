import { expect, test as base, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test'
import { words } from '@/components/strings'
import { roomStrings } from '@/components/strings-room'
import { heartStrings } from '@/components/strings-heart'
import { OwnSummary } from '@/lib/summaries/own-summary'
import { CHROMIUM_ARGS, findChromium } from './chromium'
import { newestMail } from './product'
import { withStraps } from './strap'

/** What the end-to-end tests do the way a person does: by what is on the screen. */

export const productUrl = (): string => process.env.E2E_URL ?? 'http://localhost:3000'
const dataDir = (): string => process.env.E2E_DATA ?? '.data'

/** What pages say in their consoles that none should. `forgive`: what a test itself brought about, and what of it is still on its way. */
type Trouble = string[] & { forgive(these: RegExp): void }

/** A test that fails on any CSP violation and any unexpected console error, in every page it opened. */
export const test = base.extend<{ trouble: Trouble; chromium: Browser }>({
  // A browser a test: Bluetooth is emulated for the whole process.
  chromium: async ({ playwright }, provide) => {
    const browser = await playwright.chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_ARGS, headless: true })
    await provide(browser)
    await browser.close()
  },
  trouble: [
    async ({}, use) => {
      const forgiven: RegExp[] = []
      const trouble: Trouble = Object.assign<string[], Pick<Trouble, 'forgive'>>([], { forgive: (these) => void forgiven.push(these) })
      await use(trouble)
      expect(trouble.filter((line) => !forgiven.some((these) => these.test(line)))).toEqual([])
    },
    { auto: true },
  ],
})
export { expect }

/** In the page: every connection and every captured track, so that a test can count decoded frames and live microphones. */
function watchMedia(): void {
  const peers: RTCPeerConnection[] = []
  const captured: MediaStreamTrack[] = []
  const Original = globalThis.RTCPeerConnection
  globalThis.RTCPeerConnection = new Proxy(Original, {
    construct(target, args: [RTCConfiguration?]) {
      const peer = new target(...args)
      peers.push(peer)
      return peer
    },
  })
  const devices = navigator.mediaDevices as MediaDevices | undefined
  if (devices) {
    const capture = devices.getUserMedia.bind(devices)
    devices.getUserMedia = async (constraints) => {
      const stream = await capture(constraints)
      captured.push(...stream.getTracks())
      return stream
    }
  }
  Object.assign(globalThis, {
    media: {
      liveMicrophones: () => captured.filter((track) => track.kind === 'audio' && track.readyState === 'live').length,
      liveCameras: () => captured.filter((track) => track.kind === 'video' && track.readyState === 'live').length,
      framesDecoded: async () => {
        let frames = 0
        for (const peer of peers) {
          if (peer.connectionState === 'closed') continue
          for (const report of (await peer.getStats()).values() as Iterable<{ type: string; kind?: string; framesDecoded?: number }>) {
            if (report.type === 'inbound-rtp' && report.kind === 'video') frames += report.framesDecoded ?? 0
          }
        }
        return frames
      },
    },
  })
}
declare global {
  var media: Media
}
type Media = { liveMicrophones(): number; liveCameras(): number; framesDecoded(): Promise<number> }
export const media = <K extends keyof Media>(page: Page, what: K): Promise<number> =>
  page.evaluate(async (name) => await globalThis.media[name](), what)

/** Pictures that arrive here are decoded: the count grows. */
export async function expectFramesToGrow(page: Page): Promise<void> {
  const before = await media(page, 'framesDecoded')
  await expect.poll(() => media(page, 'framesDecoded'), { timeout: 30_000 }).toBeGreaterThan(before + 5)
}

/** Network failures that a test brings about on purpose are the browser's own words, not ours. */
const EXPECTED = /net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|NETWORK_CHANGED|EMPTY_RESPONSE)|WebSocket connection to|Cross-Origin-Opener-Policy header has been ignored/

export async function openBrowser(chromium: Browser, trouble: string[], options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> {
  const context = await chromium.newContext({ baseURL: productUrl(), viewport: { width: 1440, height: 900 }, ...options })
  context.setDefaultTimeout(20_000)
  context.setDefaultNavigationTimeout(30_000)
  // Where tsx runs this (the bench), functions sent to the page call a helper of its compiler that no page has.
  await context.addInitScript('globalThis.__name ??= (named) => named')
  await withStraps(context)
  await context.addInitScript(watchMedia)
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI}`))
  })
  context.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) trouble.push(`${message.page()?.url() ?? ''}: ${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => trouble.push(String(error.error().stack ?? error.error())))
  return context
}

export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 } as const

let counter = 0
/** An address that nobody has used in this run. */
export const freshEmail = (name: string): string => `${name.toLowerCase()}.${Date.now().toString(36)}${counter++}@example.com`

export async function signUp(page: Page, name: string, email: string): Promise<void> {
  await page.goto('/')
  await page.getByRole('link', { name: words.signIn.newTitle }).first().click()
  const form = page.getByRole('main')
  await form.getByLabel(words.signIn.name).fill(name)
  await form.getByLabel(words.signIn.email).fill(email)
  await form.getByRole('button', { name: words.signIn.send }).click()
  await expect(page.getByLabel(words.signIn.code)).toBeVisible()
  const mail = await newestMail(dataDir(), email)
  const code = /\b(\d{6})\b/.exec(mail.slice(mail.indexOf('\r\n\r\n')))?.[1] ?? ''
  await page.getByLabel(words.signIn.code).fill(code)
  // Six digits send themselves.
  await page.waitForURL(({ pathname }) => pathname === '/home' || pathname === '/classes/new')
}

/** From the dashboard to a permanent link; returns it. */
export async function createClass(page: Page, title: string, fields: { reach?: 'trainer' | 'everyone'; ownLink?: string } = {}): Promise<string> {
  await page.goto('/classes/new')
  await page.getByLabel(words.newClass.name).fill(title)
  if (fields.reach === 'everyone') await page.getByRole('radio', { name: words.newClass.reachEveryone }).check()
  if (fields.ownLink) {
    await page.getByRole('radio', { name: words.newClass.ownLink }).check()
    await page.getByLabel(words.newClass.url).fill(fields.ownLink)
  }
  await page.getByRole('button', { name: words.newClass.create }).click()
  const link = page.getByRole('textbox', { name: words.invite.label })
  await expect(link).toBeVisible()
  return link.inputValue()
}

/** Opens the link and joins; `taps` counts what a person did. */
export async function join(page: Page, link: string, name: string | null): Promise<{ taps: number }> {
  await page.goto(link)
  const joinButton = page.getByRole('button', { name: words.classLink.join, exact: true })
  await expect(joinButton).toBeVisible()
  let taps = 0
  if (name !== null) {
    await page.getByLabel(words.classLink.name).fill(name)
    taps++
  }
  await joinButton.click()
  taps++
  await page.waitForURL(/\/room\//)
  return { taps }
}

const heart = roomStrings.controls.heart

/** Pairs the strap that the chooser will answer with, gives the three consents and answers the one question (or skips it). */
export async function addHeartRate(page: Page, given: { live: 'me' | 'trainer' | 'everyone'; trainer: string; hrmax?: number; birthYear?: number; search?: string; before?: () => Promise<void> }): Promise<void> {
  const say = heartStrings
  await page.getByRole('button', { name: new RegExp(`^(${heart}|${say.add})`) }).first().click()
  await given.before?.()
  await page.getByRole('button', { name: given.search ?? say.card.search, exact: true }).click()
  const live = { me: say.consent.me, trainer: say.consent.trainer(given.trainer), everyone: say.consent.everyone }[given.live]
  await page.getByRole('radio', { name: live }).check()
  await page.getByRole('radio', { name: say.consent.keepYes }).check()
  await page.getByRole('radio', { name: say.consent.shareCurve }).check()
  await page.getByRole('button', { name: say.consent.start, exact: true }).click()
  if (given.hrmax) await page.getByLabel(say.question.hrmax).fill(String(given.hrmax))
  if (given.birthYear) await page.getByLabel(say.question.birthYear).fill(String(given.birthYear))
  await page.getByRole('button', { name: given.hrmax || given.birthYear ? say.question.save : say.question.skip, exact: true }).click()
}

/** A member's tile on the trainer's wall. */
export const tile = (page: Page, name: string): Locator => page.locator('article[data-participant]').filter({ hasText: name })

/** Their screen is in the room, and so is who counts as having come: the server let it in. */
export const inRoom = (trainer: Page, name: string): Promise<void> => expect(tile(trainer, name)).toHaveAttribute('data-presence', 'here')

/** Presses what asks back, and says yes. */
export async function confirm(page: Page, open: string, yes: string): Promise<void> {
  await page.getByRole('button', { name: open }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: yes }).click()
}

/** From the room to the trainer's summary of the class. */
export async function endAndClose(trainer: Page): Promise<void> {
  await confirm(trainer, roomStrings.controls.endWorkout, roomStrings.confirm.endYes)
  await confirm(trainer, roomStrings.controls.closeRoom, roomStrings.confirm.closeYes)
  await trainer.waitForURL(/\/classes\/cls_/)
}

/** The member's own summary once nothing more is expected. */
export async function finalSummary(page: Page): Promise<OwnSummary> {
  const classId = /summaries\/(\w+)/.exec(page.url())?.[1] ?? ''
  let summary: OwnSummary | undefined
  await expect
    .poll(
      async () => {
        const response = await page.request.get(`/api/classes/${classId}/summary`)
        summary = response.ok() ? OwnSummary.parse(await response.json()) : undefined
        return summary?.status
      },
      { timeout: 150_000 },
    )
    .toBe('final')
  if (!summary) throw new Error('no summary')
  return summary
}

export function valueOf<T>(figure: { outcome: 'computed'; value: T } | { outcome: 'not_computed' }): T {
  if (figure.outcome !== 'computed') throw new Error('not computed')
  return figure.value
}

/** A new trainer in the open room of a new class. */
export async function openRoom(chromium: Browser, trouble: string[], trainerName: string) {
  const context = await openBrowser(chromium, trouble)
  const trainer = await context.newPage()
  await signUp(trainer, trainerName, freshEmail(trainerName))
  const link = await createClass(trainer, 'Devices')
  await trainer.getByRole('link', { name: words.home.enter }).first().click()
  await trainer.waitForURL(/\/room\//)
  return { context, trainer, link, classId: /room\/(\w+)/.exec(trainer.url())?.[1] ?? '' }
}
export const newPage = async (chromium: Browser, trouble: string[], options = {}): Promise<Page> => (await openBrowser(chromium, trouble, options)).newPage()

/** The panel of one item under More. */
export async function openMore(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: roomStrings.controls.more, exact: true }).click()
  await page.getByRole('button', { name: new RegExp(`^${item}`) }).click()
}
/** The code that a page shows for another device. */
export const codeOn = async (page: Page): Promise<string> => (await page.locator('[data-code]').getAttribute('data-code')) ?? ''
