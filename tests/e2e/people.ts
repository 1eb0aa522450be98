import { expect, test as base, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { words } from '@/components/strings'
import { CHROMIUM_ARGS, findChromium } from './chromium'
import { newestMail } from './product'
import { withStraps } from './strap'

/** What the end-to-end tests do the way a person does: by what is on the screen. */

export const productUrl = (): string => process.env.E2E_URL ?? 'http://localhost:3000'
const dataDir = (): string => process.env.E2E_DATA ?? '.data'

/** A test that fails on any CSP violation and any unexpected console error, in every page it opened. */
export const test = base.extend<{ trouble: string[] }, { chromium: Browser }>({
  chromium: [
    async ({ playwright }, use) => {
      const browser = await playwright.chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_ARGS, headless: true })
      await use(browser)
      await browser.close()
    },
    { scope: 'worker' },
  ],
  trouble: [
    async ({}, use) => {
      const trouble: string[] = []
      await use(trouble)
      expect(trouble).toEqual([])
    },
    { auto: true },
  ],
})
export { expect }

/** Network failures that a test brings about on purpose are the browser's own words, not ours. */
const EXPECTED = /net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|NETWORK_CHANGED|EMPTY_RESPONSE)|WebSocket connection to/

export async function openBrowser(chromium: Browser, trouble: string[], options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> {
  const context = await chromium.newContext({ baseURL: productUrl(), viewport: { width: 1440, height: 900 }, ...options })
  await withStraps(context)
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI}`))
  })
  context.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) trouble.push(`${message.page()?.url() ?? ''}: ${message.text()}`)
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
  await page.getByRole('button', { name: words.signIn.signInNow }).click().catch(() => undefined)
  await page.waitForURL(/\/(home|classes\/new)/)
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
