import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { BrowserContext, Page } from '@playwright/test'
import { noticeStrings } from '@/components/strings-notices'
import { startPushService } from '@/tests/push-service'
import { expect, freshEmail, openBrowser, phone, signUp, test } from './people'

const say = noticeStrings
const mailsTo = (email: string): string[] => {
  const folder = join(process.env.E2E_DATA ?? '.data', 'mail')
  const all = readdirSync(folder).filter((name) => name.endsWith('.eml')).sort()
  const texts = all.map((name) => readFileSync(join(folder, name), 'utf8').replace(/=\r?\n/g, '').replaceAll('=3D', '='))
  return texts.filter((text) => text.toLowerCase().includes(`to: ${email}`))
}
/** Waits for the `count`-th mail; the reminders' job looks once a minute. */
async function nthMail(email: string, count: number): Promise<string> {
  await expect.poll(() => mailsTo(email).length, { timeout: 90_000 }).toBe(count)
  return mailsTo(email)[count - 1] ?? ''
}
const linkIn = (mail: string): string => /https?:\/\/[^/\s]+\/notices\/[\w-]{43}/.exec(mail)?.[0] ?? ''

/** A class that starts on the minute, about so many minutes from now, made as the form makes it. */
async function classIn(trainer: Page, title: string, minutes: number): Promise<{ link: string; classId: string }> {
  const origin = new URL(trainer.url()).origin
  const at = new Date(Date.now() + minutes * 60_000).toISOString()
  const schedule = { startsOn: at.slice(0, 10), localStart: at.slice(11, 16), rule: null }
  const response = await trainer.request.post('/api/series', { data: { title, timezone: 'UTC', schedule }, headers: { origin } })
  const { slug, classId } = (await response.json()) as { slug: string; classId: string }
  return { link: `${origin}/c/${slug}`, classId }
}

/** The browser's own push service is out of reach of a test: its subscription is one of ours. All else is the browser's. */
async function subscribeAt(context: BrowserContext, subscription: { endpoint: string; keys: { p256dh: string; auth: string } }): Promise<void> {
  await context.addInitScript((json) => {
    const made = { endpoint: json.endpoint, options: { applicationServerKey: null }, toJSON: () => json, unsubscribe: async () => true }
    // The empty page that a tab begins with has no storage.
    const kept = location.protocol === 'about:' ? null : localStorage.getItem('subscribed')
    let current: unknown = kept === null ? null : made
    // The headless Chromium that comes from npm has no notifications: it says that they are denied, whatever was granted.
    if (Notification.permission === 'denied') {
      Object.defineProperty(Notification, 'permission', { get: () => 'granted' })
      Object.assign(Notification, { requestPermission: async () => 'granted' })
      Object.assign(globalThis, { showsNothing: true })
    }
    Object.assign(PushManager.prototype, {
      getSubscription: async () => current,
      subscribe: async () => {
        localStorage.setItem('subscribed', '1')
        current = made
        return made
      },
    })
  }, subscription)
}

const expectAccessible = async (page: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}
const shots = process.env.SHOTS
const shoot = async (page: Page, name: string): Promise<void> => {
  if (!shots) return
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true })
}

test('a guest asks to be reminded by mail, confirms it, is reminded, and stops it by the link; another is woken by a push', async ({ chromium, trouble }) => {
  const push = await startPushService()
  const trainer = await (await openBrowser(chromium, trouble)).newPage()
  await signUp(trainer, 'Tess', freshEmail('tess'))
  const { link } = await classIn(trainer, 'Evening intervals', 30)

  const ana = await (await openBrowser(chromium, trouble, phone)).newPage()
  const email = freshEmail('ana')
  await ana.goto(link)
  await expect(ana.getByRole('heading', { name: say.title })).toBeVisible()
  await shoot(ana, 'link-390')
  await expectAccessible(ana)
  await ana.getByRole('switch', { name: say.byEmail }).click()
  await ana.getByLabel(say.email).fill('nonsense')
  await ana.getByRole('button', { name: say.send }).click()
  await expect(ana.getByText('Check the address.')).toBeVisible()
  trouble.splice(0, trouble.length, ...trouble.filter((line) => !line.includes('400')))
  await ana.getByLabel(say.email).fill(email)
  await ana.getByRole('button', { name: say.send }).click()
  await expect(ana.getByText(say.emailAsked(email))).toBeVisible()
  await expect(ana.getByRole('switch', { name: say.reminders })).toBeChecked()
  await shoot(ana, 'asked-390')

  const browser = push.browser()
  const context = await openBrowser(chromium, trouble, phone)
  await context.grantPermissions(['notifications'])
  await subscribeAt(context, browser.subscription)
  const bo = await context.newPage()
  await bo.goto(link)
  const here = bo.getByRole('switch', { name: say.byPush })
  await here.click()
  await expect(here).toBeChecked()
  await bo.reload()
  await expect(here).toBeChecked()
  await shoot(bo, 'push-on-390')

  // Opening the link changes nothing: scanners open links too. The button does.
  const confirm = linkIn(await nthMail(email, 1))
  const opened = await ana.goto(confirm)
  expect(opened?.headers()).toMatchObject({ 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' })
  await ana.reload()
  await expect(ana.getByRole('button', { name: say.confirm })).toBeVisible()
  await shoot(ana, 'confirm-390')
  await expectAccessible(ana)
  await ana.getByRole('button', { name: say.confirm }).click()
  await expect(ana.getByText(say.confirmed)).toBeVisible()

  const reminder = await nthMail(email, 2)
  expect(reminder).toMatch(/Subject: Evening intervals starts in \d+ minutes/)
  expect(reminder).toContain(link)
  expect(linkIn(reminder)).toBe(confirm)
  await expect.poll(() => browser.received().length, { timeout: 90_000 }).toBe(1)
  await expectShown(bo, browser.received()[0]?.message)

  // What a mail program does with one click: no cookie, no page, a form that nobody reads.
  const oneClick = /List-Unsubscribe:\s+<([^>]+)>/.exec(reminder)?.[1] ?? ''
  const stopped = await fetch(oneClick, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) })
  expect(stopped.status).toBe(204)
  await ana.goto(confirm)
  await expect(ana.getByRole('switch', { name: say.byEmail })).not.toBeChecked()
  // Changed her mind, and again, by the page.
  await ana.getByRole('switch', { name: say.byEmail }).click()
  await expect(ana.getByText(say.saved)).toBeVisible()
  await ana.getByRole('button', { name: say.stop }).click()
  await expect(ana.getByText(say.stopped)).toBeVisible()
  await shoot(ana, 'stopped-390')
  await ana.goto(link)
  await expect(ana.getByRole('switch', { name: say.byEmail })).not.toBeChecked()
  await push.close()
})

/** What arrived, given to the browser as its own push service would, is on the screen, where this browser has one for it. */
async function expectShown(page: Page, message: unknown): Promise<void> {
  if (await page.evaluate(() => 'showsNothing' in globalThis)) {
    test.info().annotations.push({ type: 'not looked at', description: 'this browser shows no notifications' })
    return
  }
  const session = await page.context().newCDPSession(page)
  const registered = new Promise<string>((resolve) =>
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations
      if (first) resolve(first.registrationId)
    }),
  )
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.deliverPushMessage', { origin: new URL(page.url()).origin, registrationId: await registered, data: JSON.stringify(message) })
  const shown = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready
      return (await registration.getNotifications()).map(({ title, body, data }) => ({ title, body, path: (data as { path: string }).path }))
    })
  await expect.poll(async () => (await shown()).length).toBe(1)
  expect(await shown()).toEqual([
    { title: expect.stringMatching(/^Evening intervals starts in \d+ minutes$/), body: expect.stringContaining(' time'), path: new URL(page.url()).pathname },
  ])
}

test('an account is mailed of a cancelled class it asked about, and finds its choices on its own page; a browser that said no says so', async ({ chromium, trouble }) => {
  const trainer = await (await openBrowser(chromium, trouble)).newPage()
  await signUp(trainer, 'Ines', freshEmail('ines'))
  const { link, classId } = await classIn(trainer, 'Morning yoga', 3 * 24 * 60)
  const email = freshEmail('cy')
  const context = await openBrowser(chromium, trouble)
  const cy = await context.newPage()
  await signUp(cy, 'Cy', email)
  await cy.goto(link)
  await cy.getByRole('switch', { name: say.byEmail }).click()
  await expect(cy.getByText(say.saved)).toBeVisible()
  await cy.getByRole('switch', { name: say.announcements('Ines') }).click()
  await expect(cy.getByRole('switch', { name: say.announcements('Ines') })).toBeChecked()
  await shoot(cy, 'account-link-1440')
  const before = mailsTo(email).length
  await trainer.request.post(`/api/classes/${classId}/cancel`, { data: { note: 'I have a cold.' }, headers: { origin: new URL(link).origin } })
  const mail = await nthMail(email, before + 1)
  expect(mail).toMatch(/Subject: Morning yoga is cancelled/)
  expect(mail).toContain('I have a cold.')

  await cy.goto('/account')
  await expect(cy.getByRole('heading', { name: say.titleOf('Morning yoga') })).toBeVisible()
  await expect(cy.getByRole('switch', { name: say.announcements('Ines') })).toBeChecked()
  await shoot(cy, 'account-1440')
  await cy.emulateMedia({ colorScheme: 'dark' })
  await shoot(cy, 'account-1440-dark')
  await expectAccessible(cy)

  const denied = await openBrowser(chromium, trouble, { ...phone, colorScheme: 'dark' })
  await denied.addInitScript(() => Object.defineProperty(Notification, 'permission', { get: () => 'denied' }))
  const dee = await denied.newPage()
  await dee.goto(link)
  await expect(dee.getByText(say.pushDenied)).toBeVisible()
  await expect(dee.getByRole('switch', { name: say.byPush })).toBeDisabled()
  await shoot(dee, 'denied-390-dark')
  await expectAccessible(dee)
})
