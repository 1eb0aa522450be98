import type { Page } from '@playwright/test'
import { words } from '@/components/strings'
import { heartStrings } from '@/components/strings-heart'
import { motionStrings } from '@/components/strings-motion'
import { roomStrings } from '@/components/strings-room'
import { CYCLING_POWER, INDOOR_BIKE } from '@/lib/sensors/motion'
import { addHeartRate, confirm, createClass, expect, finalSummary, freshEmail, join, openBrowser, phone, signUp, test, tile } from './people'
import { bikeData, bluetoothRadio, chooseStrap, measurement, powerMeasurement, type Strap } from './strap'

type Sent = { at: number; watts: number }

/** One notification, at the earliest a second after the one before. */
async function ride(bike: Strap, page: Page, watts: number, sent: Sent[], bytes = bikeData(watts)): Promise<void> {
  await page.waitForFunction((until) => Date.now() >= until, (sent.at(-1)?.at ?? 0) + 1000, { polling: 20 })
  await bike.notify(page, bytes)
  sent.push({ at: Date.now(), watts })
}

/** One value a second, each until the next or for 10 s; written anew here, on purpose. */
function oracle(sent: readonly Sent[], endAt: number): { weighted: number; workKj: number } {
  const series: number[] = []
  for (let at = sent[0]?.at ?? endAt; at < endAt; at += 1000) {
    const last = sent.filter((one) => one.at <= at).at(-1)
    if (last && at - last.at < 10_000) series.push(last.watts)
  }
  const means = series.slice(29).map((_, i) => series.slice(i, i + 30).reduce((sum, watts) => sum + watts, 0) / 30)
  const fourth = means.reduce((sum, watts) => sum + watts ** 4, 0) / means.length
  return { weighted: fourth ** 0.25, workKj: series.reduce((sum, watts) => sum + watts, 0) / 1000 }
}

const figure = (page: Page, name: string) => tile(page, name).locator('[data-reading=moving] [data-figure][data-unit=W]')

test('a strap and a bike: the trainer sees both, watts go on live when the strap drops, and the summary has power and work', async ({ chromium, trouble }) => {
  const radio = await bluetoothRadio(chromium)
  const strap = await radio.strap('31:09:09:09:09:09', 'Polar H10')
  const bike = await radio.strap('32:09:09:09:09:09', 'KICKR', 60, [INDOOR_BIKE, CYCLING_POWER])
  const meter = await radio.strap('33:09:09:09:09:09', 'ASSIOMA', 70, [CYCLING_POWER])

  const trainer = await (await openBrowser(chromium, trouble)).newPage()
  await signUp(trainer, 'Tess Trainer', freshEmail('tess'))
  const link = await createClass(trainer, 'Spin', { reach: 'everyone' })
  await trainer.getByRole('link', { name: words.home.enter }).first().click()
  await trainer.waitForURL(/\/room\//)
  const mia = await (await openBrowser(chromium, trouble, phone)).newPage()
  await join(mia, link, 'Mia')
  const noah = await (await openBrowser(chromium, trouble, phone)).newPage()
  await join(noah, link, 'Noah')

  const sent: Sent[] = []
  await test.step('she pairs a strap and then a bike: bpm large, watts beside it', async () => {
    await chooseStrap(mia, strap)
    await addHeartRate(mia, { live: 'trainer', trainer: 'Tess', hrmax: 190 })
    await chooseStrap(mia, bike)
    await mia.getByRole('button', { name: motionStrings.add }).click()
    await expect.poll(() => bike.subscribed).toBe(true)
    await ride(bike, mia, 200, sent)
    // The meter in its crank says the same worse: what the bike itself says counts.
    await bike.notify(mia, powerMeasurement(999), CYCLING_POWER.characteristic)
    await strap.notify(mia, measurement(140))
    await expect(tile(trainer, 'Mia').locator('[data-figure]')).toHaveText(/^140/)
    await expect(tile(trainer, 'Mia').locator('[data-watts]')).toHaveText('200 W')
    await expect(tile(trainer, 'Mia').locator('[data-unit]')).toHaveCount(0)
    await mia.keyboard.press('Escape')
  })

  let pausing = false
  const riding = (async () => {
    while (!pausing) await ride(bike, mia, 210, sent)
  })()
  await test.step('he has a power meter and no strap: one consent, and both trainer and class see watts, with their unit', async () => {
    await chooseStrap(noah, meter)
    await noah.getByRole('button', { name: new RegExp(`^(${roomStrings.controls.heart}|${heartStrings.add})`) }).first().click()
    await noah.getByRole('button', { name: motionStrings.add }).click()
    await noah.getByRole('radio', { name: heartStrings.consent.everyone }).check()
    await noah.getByRole('radio', { name: heartStrings.consent.keepNo }).check()
    await meter.notify(noah, powerMeasurement(180))
    await expect(figure(trainer, 'Noah')).toHaveCount(0)
    await noah.getByRole('button', { name: heartStrings.consent.start, exact: true }).click()
    await expect(noah.getByRole('button', { name: heartStrings.live.hide })).toBeVisible()
    await noah.keyboard.press('Escape')
    await expect(async () => {
      await meter.notify(noah, powerMeasurement(185))
      await expect(figure(trainer, 'Noah')).toHaveText('185W', { timeout: 1_000 })
      await expect(figure(mia, 'Noah')).toHaveText('185W', { timeout: 1_500 })
    }).toPass()
    await expect(noah.locator('[data-own=moving] [data-figure]')).toHaveText('185 W')
  })

  await test.step('her strap drops: watts take the place of the bpm, go on live, and stay the trainer’s alone', async () => {
    pausing = true
    await riding
    // Long silent by now: its next number takes its place back at once.
    await strap.notify(mia, measurement(141))
    await expect(tile(trainer, 'Mia').locator('[data-reading=live] [data-figure]')).toHaveText(/^141/)
    strap.connectCode = 0x3e
    await strap.drop()
    for (const watts of [231, 232, 233]) {
      await ride(bike, mia, watts, sent)
      await expect(figure(trainer, 'Mia')).toHaveText(`${watts}W`)
    }
    await expect(tile(trainer, 'Mia')).toContainText(motionStrings.heart.lost)
    await expect(mia.locator('[data-own=moving] [data-figure]')).toHaveText('233 W')
    await expect(mia.getByRole('button', { name: heartStrings.own.lost })).toBeVisible()
    await expect(tile(noah, 'Mia')).toHaveCount(0)
    await expect(figure(trainer, 'Noah')).toHaveCount(0)
    // Weighted power needs half a minute.
    while (sent.length < 35) await ride(bike, mia, 240 + (sent.length % 7) * 10, sent)
    await expect(figure(trainer, 'Mia')).toHaveText(`${sent.at(-1)?.watts}W`)
  })

  const before = oracle(sent, Date.now())
  await confirm(trainer, roomStrings.controls.endWorkout, roomStrings.confirm.endYes)
  await expect(trainer.getByRole('button', { name: roomStrings.controls.endWorkout })).toHaveCount(0)
  const after = oracle(sent, Date.now())
  await mia.getByRole('link', { name: roomStrings.seeSummary }).or(mia.getByRole('button', { name: roomStrings.seeSummary })).first().click()
  await mia.waitForURL(/\/summaries\//)
  const { power } = (await finalSummary(mia)).figures
  if (power?.weightedWatts == null || power.workKj === null) throw new Error(`no power: ${JSON.stringify(power)}`)
  // A slot is a second, so both may be off by the seconds' edges.
  expect(Math.abs(power.weightedWatts - after.weighted)).toBeLessThan(5)
  expect(power.workKj).toBeGreaterThan(before.workKj - 0.6)
  expect(power.workKj).toBeLessThan(after.workKj + 0.6)
  await mia.reload()
  await expect(mia.getByRole('main')).toContainText(`${Math.round(power.weightedWatts)} W`)
})
