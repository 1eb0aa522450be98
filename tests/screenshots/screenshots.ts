import { mkdirSync, readFileSync, statSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { heartStrings } from '@/components/strings-heart'
import { roomStrings } from '@/components/strings-room'
import { words } from '@/components/strings'
import { summaryStrings } from '@/components/strings-summary'
import { readFit } from '@/lib/formats/fit'
import { addHeartRate, createClass, expect, freshEmail, join, openBrowser, signUp, test, tile } from '@/tests/e2e/people'
import { bluetoothRadio, chooseStrap, measurement, type Strap } from '@/tests/e2e/strap'
import { withPaintedCamera, type Painted } from './painted-camera'

/**
 * `npm run screenshots`: a real class on the real product, and docs/screenshots from it. People are drawn; their hearts are a recorded
 * run, worn from another minute by each. It fails where a page complains in its console, and on a picture too large to be kept.
 */
const FOLDER = 'docs/screenshots'
const MOST_BYTES = 300_000
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 1 }
/** How long each strap has been worn when the wall is pictured: its sparkline is full. */
const WORN_S = 90
/** Seconds of the run a second: an hour's ups and downs, in the time of a picture. */
const HURRY = 3

const LOOKS: Record<'tess' | 'mia' | 'noah' | 'aisha' | 'jonas', Painted> = {
  tess: { wall: '#3d5a55', floor: '#8d6f52', shirt: '#e9b44c', skin: '#c98e6b', hair: '#3a2418', beatMs: 1500 },
  mia: { wall: '#6b5b73', floor: '#a58a6d', shirt: '#e4e7ea', skin: '#e3b18d', hair: '#6a3d22', beatMs: 1350 },
  noah: { wall: '#4a5a70', floor: '#75604c', shirt: '#c8553d', skin: '#d9a37f', hair: '#22201f', beatMs: 1600 },
  aisha: { wall: '#7a5c48', floor: '#55483c', shirt: '#3f9c8f', skin: '#8a5a3c', hair: '#17110e', beatMs: 1420 },
  jonas: { wall: '#56634a', floor: '#97805f', shirt: '#39465c', skin: '#efc3a2', hair: '#b08a4e', beatMs: 1700 },
}

test('a class, pictured', async ({ chromium: browser, trouble }) => {
  mkdirSync(FOLDER, { recursive: true })
  // Before any page looks for it.
  const radio = await bluetoothRadio(browser)
  const open = async (who: keyof typeof LOOKS, options: Parameters<typeof openBrowser>[2] = {}): Promise<Page> => {
    const context = await openBrowser(browser, trouble, options)
    await withPaintedCamera(context, LOOKS[who])
    return context.newPage()
  }
  const tess = await open('tess')
  await tess.goto('/')
  await bothSchemes(tess, 'landing-desktop', false)
  const visitor = await open('mia', PHONE)
  await visitor.goto('/')
  await take(visitor, 'landing-phone-light')

  await signUp(tess, 'Tess Lindqvist', freshEmail('tess'))
  await tess.goto('/classes/new')
  await tess.getByLabel(words.newClass.name).fill('Thursday HIIT')
  await bothSchemes(tess, 'new-class-desktop', true)
  const link = await createClass(tess, 'Thursday HIIT', { reach: 'everyone' })
  await bothSchemes(tess, 'link-desktop', true)
  await tess.getByRole('link', { name: words.home.enter }).first().click()
  await tess.waitForURL(/\/room\//)
  await expect(tess.getByText(roomStrings.wall.emptyTitle)).toBeVisible()
  await take(tess, 'wall-empty-desktop-dark')
  const classId = /room\/(\w+)/.exec(tess.url())?.[1] ?? ''

  const mia = visitor
  await mia.goto(link)
  await mia.getByLabel(words.classLink.name).fill('Mia')
  await expect(mia.locator('video')).toBeVisible()
  await bothSchemes(mia, 'join-phone', true)
  await join(mia, link, 'Mia')
  const noah = await open('noah')
  await join(noah, link, 'Noah Berg')
  const aisha = await open('aisha', { viewport: { width: 900, height: 640 } })
  await join(aisha, link, 'Aisha')
  const jonas = await open('jonas', { viewport: { width: 900, height: 640 } })
  await join(jonas, link, 'Jonas')

  const wear = async (page: Page, address: string, name: string, given: Parameters<typeof addHeartRate>[1]): Promise<Strap> => {
    const strap = await radio.strap(address, name)
    await chooseStrap(page, strap)
    await addHeartRate(page, given)
    if (given.birthYear) await page.getByRole('button', { name: heartStrings.guess.use }).click()
    await page.getByRole('button', { name: words.close }).first().click()
    return strap
  }
  const h10 = await radio.strap('09:09:09:09:09:01', 'Polar H10')
  await chooseStrap(mia, h10)
  await mia.getByRole('button', { name: new RegExp(`^${heartStrings.add}`) }).first().click()
  await take(mia, 'heart-card-phone-dark')
  await mia.getByRole('button', { name: heartStrings.card.search, exact: true }).click()
  await mia.getByRole('radio', { name: heartStrings.consent.everyone }).check()
  await take(mia, 'heart-consent-phone-dark')
  await mia.getByRole('radio', { name: heartStrings.consent.keepYes }).check()
  await mia.getByRole('radio', { name: heartStrings.consent.shareCurve }).check()
  await mia.getByRole('button', { name: heartStrings.consent.start, exact: true }).click()
  await take(mia, 'heart-question-phone-dark')
  await mia.getByLabel(heartStrings.question.hrmax).fill('188')
  await mia.getByRole('button', { name: heartStrings.question.save, exact: true }).click()
  await take(mia, 'heart-live-phone-dark')
  await mia.getByRole('button', { name: words.close }).first().click()

  const straps: [Strap, Page, number][] = [
    [h10, mia, 30],
    [await wear(noah, '09:09:09:09:09:02', 'TICKR 4F2A', { live: 'everyone', trainer: 'Tess', hrmax: 184 }), noah, 1790],
    [await wear(aisha, '09:09:09:09:09:03', 'HRM-Dual', { live: 'everyone', trainer: 'Tess', hrmax: 192 }), aisha, 1290],
    [await wear(jonas, '09:09:09:09:09:04', 'H808S', { live: 'trainer', trainer: 'Tess', birthYear: 1972 }), jonas, 2200],
  ]
  const hearts = recordedRun()
  let second = 0
  let endedAt = Infinity
  /** After the end everybody walks it out. */
  const bpmAt = (from: number): number => Math.round((hearts[from + HURRY * Math.min(second, endedAt)] ?? 120) - Math.min(34, Math.max(0, second - endedAt) * 0.6))
  const beat = async (): Promise<void> => {
    const due = Date.now() + 1000
    await Promise.all(straps.map(([strap, page, from]) => strap.notify(page, measurement(bpmAt(from)))))
    second++
    await tess.waitForFunction((until) => Date.now() >= until, due, { polling: 20 })
  }
  while (second < WORN_S) await beat()
  for (const name of ['Mia', 'Noah', 'Aisha', 'Jonas']) await expect(tile(tess, name).locator('[data-figure]')).toBeVisible()

  const during = async (page: Page, name: string): Promise<void> => {
    await beat()
    await take(page, name)
  }
  await during(tess, 'wall-desktop-dark')
  await during(noah, 'member-desktop-dark')
  await during(mia, 'member-phone-portrait-dark')
  await mia.setViewportSize({ width: 844, height: 390 })
  await beat()
  await during(mia, 'member-phone-landscape-dark')
  await mia.setViewportSize(PHONE.viewport)
  await tess.getByRole('button', { name: roomStrings.controls.people }).click()
  await beat()
  await during(tess, 'wall-people-desktop-dark')
  await tess.getByRole('button', { name: roomStrings.controls.people }).click()

  await tess.getByRole('button', { name: roomStrings.controls.endWorkout }).click()
  await during(tess, 'end-workout-desktop-dark')
  await tess.getByRole('dialog').getByRole('button', { name: roomStrings.confirm.endYes }).click()
  endedAt = second
  await during(mia, 'workout-over-phone-dark')
  for (let i = 0; i < 60; i++) await beat()
  for (const [page, name] of [[mia, 'summary-phone'], [noah, 'summary-desktop']] as const) {
    await page.goto(`/summaries/${classId}`)
    await expect(page.getByText(summaryStrings.receiving)).toHaveCount(0, { timeout: 150_000 })
    await expect(page.locator('[data-headline]')).toBeVisible()
    await bothSchemes(page, name, true)
  }
  await tess.goto(`/classes/${classId}`)
  await bothSchemes(tess, 'class-summary-desktop', true)
})

/** Heart rates of a real run, a second each. */
function recordedRun(): number[] {
  const file = readFit(readFileSync('tests/fixtures/garmin-fenix2-run.fit'))
  if (file.outcome === 'refused') throw new Error('the fixture does not read')
  return file.recording.streams.bpm.filter((bpm) => bpm !== null)
}

async function bothSchemes(page: Page, name: string, whole: boolean): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await take(page, `${name}-${scheme}`, whole)
  }
}

async function take(page: Page, name: string, whole = false): Promise<void> {
  const path = `${FOLDER}/${name}.png`
  await page.mouse.move(0, 0)
  await page.screenshot({ path, fullPage: whole, scale: 'css', animations: 'disabled' })
  const { size } = statSync(path)
  process.stdout.write(`${path}  ${Math.round(size / 1000)} kB\n`)
  if (size > MOST_BYTES) throw new Error(`${path} is larger than ${MOST_BYTES} bytes`)
}
