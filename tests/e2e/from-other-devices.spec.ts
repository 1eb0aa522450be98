import { words } from '@/components/strings'
import { createClass, expect, freshEmail, openBrowser, signUp, test } from './people'
import { startProduct, type Product } from './product'

let product: Product
test.beforeAll(async () => {
  product = await startProduct(['--lan'])
})
test.afterAll(() => product?.stop())

/** The LAN start, on a name that is neither localhost nor an address. */
const atStudio = (scheme: 'http' | 'https'): string => `${scheme}://studio.test:${product.port}/`

test('through an https name a member finds camera and Bluetooth', async ({ chromium, trouble }) => {
  const context = await openBrowser(chromium, trouble, { baseURL: atStudio('https'), ignoreHTTPSErrors: true })
  const page = await context.newPage()
  await page.goto(atStudio('https'))
  expect(await page.evaluate(() => ({ secure: isSecureContext, camera: 'mediaDevices' in navigator, bluetooth: 'bluetooth' in navigator, wakeLock: 'wakeLock' in navigator }))).toEqual({
    secure: true,
    camera: true,
    bluetooth: true,
    wakeLock: true,
  })
  const opened = await page.evaluate(async () => (await navigator.mediaDevices.getUserMedia({ video: true })).getVideoTracks()[0]?.readyState)
  expect(opened).toBe('live')
})

test('through plain http the page says which address to open, instead of "no camera"', async ({ chromium, trouble }) => {
  const context = await openBrowser(chromium, trouble)
  const page = await context.newPage()
  const response = await page.goto(`http://studio.test:${product.port}/c/any`)
  expect(response?.status()).toBe(426)
  await expect(page.locator('body')).toContainText('https://')
  trouble.splice(0, trouble.length, ...trouble.filter((line) => !line.includes('426')))
})

test('a plain start opened from another device says how to get a secure address', async ({ chromium, trouble }) => {
  const trainer = await (await openBrowser(chromium, trouble)).newPage()
  await signUp(trainer, 'Lena', freshEmail('lena'))
  const link = new URL(await createClass(trainer, 'Plain'))
  const page = await (await openBrowser(chromium, trouble)).newPage()
  await page.goto(`http://studio.test:${link.port}${link.pathname}`)
  await expect(page.getByText(words.classLink.insecureTitle)).toBeVisible()
  await expect(page.getByText('npm start -- --lan', { exact: false })).toBeVisible()
})
