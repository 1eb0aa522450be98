import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { checkStrings } from '@/components/strings-check'
import { deviceStrings } from '@/components/strings-devices'
import { heartStrings } from '@/components/strings-heart'
import { rehearsalStrings } from '@/components/strings-rehearsal'
import { roomStrings } from '@/components/strings-room'
import { scheduleStrings } from '@/components/strings-schedule'
import { words } from '@/components/strings'
import { summaryStrings } from '@/components/strings-summary'
import { readFit } from '@/lib/formats/fit'
import { addHeartRate, createClass, expect, freshEmail, join, openBrowser, signUp, test, tile } from '@/tests/e2e/people'
import { bluetoothRadio, chooseStrap, measurement, type Strap } from '@/tests/e2e/strap'
import { ask, PLAN } from '@/tests/e2e/whole-world'
import { withPaintedCamera, type Painted } from './painted-camera'
import { openStudio } from './studio'

/**
 * `npm run screenshots`: a real class on the real product, and docs/screenshots from it. People are drawn; their hearts are a recorded
 * run, worn from another minute by each. It fails where a page complains in its console, and on a picture too large to be kept.
 */
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 1 }
const SIDEWAYS = { width: 844, height: 390 }
const TV = { viewport: { width: 1280, height: 720 } }
/** How long each strap has been worn when the wall is pictured: its sparkline is full. */
const WORN_S = 66
/** Seconds of the run a second: an hour's ups and downs, in the time of a picture. */
const HURRY = 3
/** Presses of "next" from the warm-up to the work of round 3; from the lead-in one more. */
const TO_ROUND_3 = 5
/** So long is that interval under way when it is pictured. */
const INTO_IT_S = 12

const LOOKS: Record<'tess' | 'mia' | 'noah' | 'aisha' | 'jonas', Painted> = {
  tess: { wall: '#3d5a55', floor: '#8d6f52', shirt: '#e9b44c', skin: '#c98e6b', hair: '#3a2418', beatMs: 1500 },
  mia: { wall: '#6b5b73', floor: '#a58a6d', shirt: '#e4e7ea', skin: '#e3b18d', hair: '#6a3d22', beatMs: 1350 },
  noah: { wall: '#4a5a70', floor: '#75604c', shirt: '#c8553d', skin: '#d9a37f', hair: '#22201f', beatMs: 1600 },
  aisha: { wall: '#7a5c48', floor: '#55483c', shirt: '#3f9c8f', skin: '#8a5a3c', hair: '#17110e', beatMs: 1420 },
  jonas: { wall: '#56634a', floor: '#97805f', shirt: '#39465c', skin: '#efc3a2', hair: '#b08a4e', beatMs: 1700 },
}

type Made = { seriesId: string; classId: string; slug: string }
const dayAhead = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

test('a class, pictured', async ({ chromium: browser, trouble }) => {
  const { take, both } = await openStudio(browser)
  const open = async (who: keyof typeof LOOKS, options: Parameters<typeof openBrowser>[2] = {}): Promise<Page> => {
    const context = await openBrowser(browser, trouble, { timezoneId: 'Europe/Berlin', ...options })
    await withPaintedCamera(context, LOOKS[who])
    return context.newPage()
  }
  const press = async (classId: string, command: string, times = 1): Promise<void> => {
    for (let i = 0; i < times; i++) {
      const { timer } = await ask<{ timer: { revision: number } }>(tess, 'GET', `/api/classes/${classId}/state`)
      await ask(tess, 'POST', `/api/classes/${classId}/timer`, { command, revision: timer.revision })
    }
  }
  const enter = async (classId: string): Promise<void> => {
    await tess.goto(`/room/${classId}`)
    await expect(tess.getByText(roomStrings.wall.emptyTitle)).toBeVisible()
  }

  const tess = await open('tess')
  await tess.goto('/')
  await both(tess, 'landing-desktop')
  const visitor = await open('mia', PHONE)
  await visitor.goto('/')
  await both(visitor, 'landing-phone')
  await visitor.close()
  await signUp(tess, 'Tess Lindqvist', freshEmail('tess'))

  await test.step('a full wall a minute after sign-up: the rehearsal', async () => {
    const { classId, seriesId } = await ask<Made>(tess, 'POST', '/api/series', { title: 'Morning intervals', kind: 'hiit', timezone: 'Europe/Berlin' })
    await ask(tess, 'PUT', `/api/series/${seriesId}/plan`, { plan: PLAN })
    await enter(classId)
    await take(tess, 'room-trainer-empty')
    await tess.getByRole('button', { name: rehearsalStrings.offer }).click()
    await expect(tess.locator('article[data-participant^="sim_"]')).toHaveCount(12)
    await press(classId, 'start')
    await press(classId, 'next', TO_ROUND_3 + 1)
    await expect(tess.locator('[data-timer-under]')).toContainText('Round 3 of 8')
    await take(tess, 'room-trainer-12')
    await ask(tess, 'POST', `/api/classes/${classId}/close`)
    await tess.waitForURL(/\/classes\//)
  })

  const link = await test.step('the weekly class: made, its plan, its link, the timetable', async () => {
    for (const [title, kind, ahead, localStart] of [
      ['Mobility before work', 'mobility', 1, '07:00'],
      ['Evening strength', 'strength', 2, '19:15'],
    ] as const)
      await ask(tess, 'POST', '/api/series', { title, kind, timezone: 'Europe/Berlin', schedule: { startsOn: dayAhead(ahead), localStart, rule: 'FREQ=WEEKLY' } })
    await tess.goto('/classes/new')
    await tess.getByLabel(words.newClass.name).fill('Thursday HIIT')
    await tess.getByRole('radio', { name: scheduleStrings.weekly }).check()
    await both(tess, 'create-desktop', { whole: true })
    const made = await createClass(tess, 'Thursday HIIT', { reach: 'everyone' })
    await both(tess, 'link-desktop', { whole: true })
    await tess.goto('/home')
    await both(tess, 'timetable-desktop', { whole: true })
    await tess.setViewportSize(PHONE.viewport)
    await both(tess, 'timetable-phone', { whole: true })
    await tess.setViewportSize({ width: 1440, height: 900 })
    return made
  })
  const { seriesId, classId } = await test.step('the plan', async () => {
    await tess.getByRole('link', { name: words.home.enter }).first().click()
    await tess.waitForURL(/\/room\//)
    const id = /room\/(\w+)/.exec(tess.url())?.[1] ?? ''
    await tess.goto('/home')
    await tess.getByRole('link', { name: new RegExp(`^${scheduleStrings.settings}.*Thursday HIIT`) }).click()
    await tess.waitForURL(/\/series\//)
    const series = /series\/(\w+)/.exec(tess.url())?.[1] ?? ''
    await ask(tess, 'PUT', `/api/series/${series}/plan`, { plan: PLAN })
    await tess.reload()
    await both(tess, 'plan-desktop', { of: 'section:has([data-plan-total])' })
    return { seriesId: series, classId: id }
  })
  expect(seriesId).toMatch(/^ser_/)

  await test.step('the check before class', async () => {
    await tess.goto(`/room/${classId}/check`)
    await tess.getByRole('button', { name: checkStrings.start }).click()
    for (const row of ['Camera', 'Upload', 'Screen stays on'])
      await expect(tess.locator(`[data-check="${row}"]`)).toHaveAttribute('data-state', /good|warn|bad|unknown/, { timeout: 40_000 })
    await take(tess, 'check-desktop')
  })

  await enter(classId)
  // The radio does not outlive a page that has looked for it: from here on nobody leaves theirs.
  const radio = await bluetoothRadio(browser)
  const mia = await open('mia', PHONE)
  await mia.goto(link)
  await mia.getByLabel(words.classLink.name).fill('Mia')
  await expect(mia.locator('video')).toBeVisible()
  await both(mia, 'join-phone')
  await join(mia, link, 'Mia')
  const noah = await open('noah')
  await join(noah, link, 'Noah Berg')
  const aisha = await open('aisha', { viewport: { width: 900, height: 640 } })
  await join(aisha, link, 'Aisha')
  const jonas = await open('jonas', { viewport: { width: 900, height: 640 } })
  await join(jonas, link, 'Jonas')
  await press(classId, 'start')

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
  await take(mia, 'heart-card-phone')
  await mia.getByRole('button', { name: heartStrings.card.search, exact: true }).click()
  await mia.getByRole('radio', { name: heartStrings.consent.everyone }).check()
  await take(mia, 'heart-consent-phone')
  await mia.getByRole('radio', { name: heartStrings.consent.keepYes }).check()
  await mia.getByRole('radio', { name: heartStrings.consent.shareCurve }).check()
  await mia.getByRole('button', { name: heartStrings.consent.start, exact: true }).click()
  await mia.getByLabel(heartStrings.question.hrmax).fill('188')
  await take(mia, 'heart-question-phone')
  await mia.getByRole('button', { name: heartStrings.question.save, exact: true }).click()
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
  const during = async (page: Page, name: string): Promise<void> => {
    await beat()
    await take(page, name)
  }
  /** Beats until it is so. */
  const beatUntil = async (so: () => Promise<boolean>): Promise<void> => {
    for (let tries = 0; tries < 30; tries++) {
      await beat()
      if (await so()) return
    }
    throw new Error('it did not come to pass in 30 s')
  }
  while (second < WORN_S - INTO_IT_S) await beat()
  // Hearts go on meanwhile, or each line would have a gap.
  const pressed = press(classId, 'next', TO_ROUND_3)
  while (second < WORN_S) await beat()
  await pressed
  for (const name of ['Mia', 'Noah', 'Aisha', 'Jonas']) await expect(tile(tess, name).locator('[data-figure]')).toBeVisible()

  await test.step('the workout, on every kind of screen', async () => {
    await during(tess, 'room-trainer-4')
    await during(noah, 'room-member-desktop')
    await during(mia, 'room-member-phone')
    await mia.setViewportSize(SIDEWAYS)
    await beat()
    await during(mia, 'room-member-phone-landscape')
    await mia.setViewportSize(PHONE.viewport)
    await tess.getByRole('button', { name: roomStrings.controls.people }).click()
    await during(tess, 'room-trainer-people')
    await tess.getByRole('button', { name: roomStrings.controls.people }).click()
    await press(classId, 'plus20', 2)
    await ask(tess, 'POST', `/api/classes/${classId}/spotlight`, { participantId: await tile(tess, 'Aisha').first().getAttribute('data-participant') })
    await beat()
    await during(tess, 'room-trainer-spotlight')
  })
  await test.step('a television, the remote, and a phone that wears the strap', async () => {
    const tv = await (await openBrowser(browser, trouble, TV)).newPage()
    await tv.goto('/tv')
    await expect(tv.locator('[data-code]')).toBeVisible()
    await take(tv, 'tv-code')
    await ask(tess, 'POST', `/api/classes/${classId}/tv`, { code: await tv.locator('[data-code]').getAttribute('data-code'), audience: 'trainer' })
    const connect = async (by: Page, wanted: object, picture?: string): Promise<Page> => {
      const page = await (await openBrowser(browser, trouble, PHONE)).newPage()
      const { code } = await ask<{ code: string }>(by, 'POST', `/api/classes/${classId}/pairings`, wanted)
      await page.goto(`/go#${code}`)
      await expect(page.getByLabel(deviceStrings.go.code)).toHaveValue(code)
      if (picture) await both(page, picture)
      await page.getByRole('button', { name: deviceStrings.go.connect }).click()
      return page
    }
    const remote = await connect(tess, { kind: 'remote' }, 'go-phone')
    await beatUntil(() => tv.locator('[data-tv="live"] [data-figure]').nth(3).isVisible())
    await ask(noah, 'POST', `/api/classes/${classId}/hand`, { raised: true })
    await beatUntil(() => remote.locator('[data-need="hand"]').isVisible())
    await press(classId, 'next', 2)
    await during(remote, 'remote-phone')
    await ask(tess, 'POST', `/api/classes/${classId}/spotlight`, { participantId: null })
    await beatUntil(() => tv.locator('[data-spotlight]').isHidden())
    for (let i = 0; i < 8; i++) await beat()
    await during(tv, 'tv-wall')
    const sensor = await connect(noah, { kind: 'screen', part: 'sensor' })
    await expect(sensor.locator('[data-part="sensor"]')).toBeVisible()
    await beatUntil(() => sensor.locator('[data-own]').isVisible())
    await during(sensor, 'sensor-phone')
  })

  await tess.getByRole('button', { name: roomStrings.controls.endWorkout }).click()
  await during(tess, 'end-workout')
  await tess.getByRole('dialog').getByRole('button', { name: roomStrings.confirm.endYes }).click()
  endedAt = second
  await during(mia, 'workout-over-phone')
  for (let i = 0; i < 60; i++) await beat()
  for (const [page, name] of [[mia, 'summary-phone'], [noah, 'summary-desktop']] as const) {
    await page.goto(`/summaries/${classId}`)
    await expect(page.getByText(summaryStrings.receiving)).toHaveCount(0, { timeout: 150_000 })
    await expect(page.locator('[data-headline]')).toBeVisible()
    await both(page, name, { whole: true })
  }
  await tess.goto(`/classes/${classId}`)
  await both(tess, 'class-summary-desktop', { whole: true })
})

/** Heart rates of a real run, a second each. */
function recordedRun(): number[] {
  const file = readFit(readFileSync('tests/fixtures/garmin-fenix2-run.fit'))
  if (file.outcome === 'refused') throw new Error('the fixture does not read')
  return file.recording.streams.bpm.filter((bpm) => bpm !== null)
}
