import { readFileSync } from 'node:fs'
import { historyStrings as words } from '@/components/strings-history'
import { words as all } from '@/components/strings'
import { readFit } from '@/lib/formats/fit'
import { createClass, expect, freshEmail, join, openBrowser, phone, signUp, test } from './people'

const FIXTURES = 'tests/fixtures'

test('files become a history with right figures, go out again, and are shown to one trainer for as long as their owner says', async ({ chromium, trouble }) => {
  const trainer = await (await openBrowser(chromium, trouble)).newPage()
  await signUp(trainer, 'Tess Trainer', freshEmail('tess'))
  const link = await createClass(trainer, 'Monday flow')
  const mia = await (await openBrowser(chromium, trouble)).newPage()
  await signUp(mia, 'Mia Member', freshEmail('mia'))

  await test.step('a ride and a cut file dropped at once: each says what it holds', async () => {
    await mia.getByRole('link', { name: all.nav.history }).click()
    await expect(mia.getByRole('heading', { name: words.title })).toBeVisible()
    await mia.getByLabel(words.drop.choose).first().setInputFiles([`${FIXTURES}/garmin-edge810-ride-power.fit`, `${FIXTURES}/strava-android-truncated.fit`, 'package.json'])
    const ride = mia.locator('[data-file="garmin-edge810-ride-power.fit"]')
    await expect(ride).toHaveAttribute('data-step', 'done')
    await expect(ride).toContainText(words.drop.sound)
    const cut = mia.locator('[data-file="strava-android-truncated.fit"]')
    await expect(cut).toHaveAttribute('data-step', 'done')
    await expect(cut).toContainText(words.problem.damaged)
    await expect(mia.locator('[data-file="package.json"]')).toContainText(words.drop.refused.unknown_format)
    await mia.screenshot({ path: test.info().outputPath('dropped-desktop.png'), fullPage: true })
    await ride.getByRole('link', { name: words.drop.open }).click()
  })

  await test.step('the ride has its plots, its route and the weighted power that the device itself says', async () => {
    await mia.waitForURL(/\/history\/act_/)
    await expect(mia.getByText('301 W')).toBeVisible()
    await expect(mia.getByText('41.34 km')).toBeVisible()
    await expect(mia.locator(`[data-plot="${words.page.plots.watts.title}"] [data-run]`).first()).toBeVisible()
    await expect(mia.locator('[data-route]')).toBeVisible()
    await mia.screenshot({ path: test.info().outputPath('activity-desktop.png'), fullPage: true })
    await mia.emulateMedia({ colorScheme: 'dark' })
    await mia.setViewportSize(phone.viewport)
    await mia.screenshot({ path: test.info().outputPath('activity-phone-dark.png'), fullPage: true })
  })

  await test.step('it goes out as FIT with every record', async () => {
    const [download] = await Promise.all([mia.waitForEvent('download'), mia.getByRole('link', { name: words.page.as('fit') }).click()])
    const back = readFit(new Uint8Array(readFileSync(await download.path())))
    expect(back.outcome === 'read' && back.recording.streams.watts.length).toBe(4700)
  })

  await test.step('her trainer sees it when she says so, and she sees that they looked', async () => {
    await join(mia, link, null)
    await mia.goto('/history?month=2013-08')
    await expect(mia.locator('[data-activity]')).toHaveCount(1)
    await mia.screenshot({ path: test.info().outputPath('history-phone-dark.png'), fullPage: true })
    await mia.emulateMedia({ colorScheme: 'light' })
    await mia.setViewportSize({ width: 1440, height: 900 })
    await mia.screenshot({ path: test.info().outputPath('history-desktop.png'), fullPage: true })
    const exported = await (await mia.request.get('/api/account/export')).json()
    const page = `/people/${exported.data.Person[0].id}/history?month=2013-08`
    expect((await trainer.request.get(page)).status()).toBe(404)
    const share = mia.getByLabel(words.share.toggle('Tess Trainer'))
    await share.check()
    await expect(mia.locator('[data-share="yes"]')).toBeVisible()
    await trainer.goto(page)
    await expect(trainer.getByRole('heading', { name: words.ofMember('Mia Member') })).toBeVisible()
    await trainer.locator('[data-activity]').first().click()
    await expect(trainer.getByText('301 W')).toBeVisible()
    await trainer.screenshot({ path: test.info().outputPath('trainer-desktop.png'), fullPage: true })
    await mia.reload()
    await expect(mia.locator('[data-look]').first()).toContainText('Tess Trainer')
  })

  await test.step('what she takes back is gone for them at once', async () => {
    await mia.getByLabel(words.share.toggle('Tess Trainer')).uncheck()
    await expect(mia.locator('[data-share="no"]')).toBeVisible()
    expect((await trainer.request.get(trainer.url())).status()).toBe(404)
  })
})
