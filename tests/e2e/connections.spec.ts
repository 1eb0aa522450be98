import AxeBuilder from '@axe-core/playwright'
import { z } from 'zod'
import { connectionStrings as say } from '@/components/strings-connections'
import { historyStrings } from '@/components/strings-history'
import { sendStrings } from '@/components/strings-send'
import { startPolar } from '@/tests/providers/polar'
import { twentyMinutes } from '@/tests/providers/world'
import { startStrava } from '@/tests/providers/strava'
import { expect, freshEmail, openBrowser, phone, signUp, test } from './people'
import { ask, firstActivity, takePart } from './whole-world'

const Held = z.object({ data: z.object({ Activity: z.array(z.object({ source: z.string(), connectionId: z.string().nullable() })) }) })

test('connect Polar, train, find it in the history, disconnect: nothing is left there or here', async ({ chromium, trouble }) => {
  const polar = await startPolar({ port: Number(process.env.E2E_POLAR_PORT) })
  try {
    const context = await openBrowser(chromium, trouble, phone)
    const page = await context.newPage()
    await signUp(page, 'Ana', freshEmail('ana'))
    await page.goto('/account')
    await page.getByRole('link', { name: say.open, exact: true }).click()
    const card = page.getByRole('listitem', { name: say.name('polar'), exact: true })
    await expect(card.getByText(say.state.none)).toBeVisible()
    // What has no keys says so, and what to do instead.
    await expect(page.getByText(say.off(say.name('garmin')))).toBeVisible()
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

    await card.getByRole('button', { name: say.connect('Polar') }).click()
    await page.getByRole('link', { name: 'Decline' }).click()
    await expect(page.getByText(say.outcome.denied('Polar'))).toBeVisible()
    await card.getByRole('button', { name: say.connect('Polar') }).click()
    await page.getByRole('link', { name: 'Accept' }).click()
    await expect(page.getByText(say.outcome.connected('Polar'))).toBeVisible()
    await expect(card.getByText(say.state.active, { exact: true })).toBeVisible()
    const userId = polar.signedIn()
    expect(polar.tokensAlive(userId)).toBe(1)

    // Polar tells us by a signed webhook, at the address that it was given and asked with a PING.
    await expect.poll(() => polar.webhook()?.active, { timeout: 20_000 }).toBe(true)
    await expect(card.getByText(say.never)).toBeHidden()
    const externalId = polar.record(userId, twentyMinutes(Date.now() - 3_600_000))
    for (const delivery of polar.deliveries(userId, 'recorded', externalId)) expect(await polar.deliver(delivery)).toBe(200)
    const history = async () => Held.parse(await (await page.request.get('/api/account/export')).json()).data.Activity
    await expect.poll(async () => (await history()).map(({ source }) => source), { timeout: 20_000 }).toEqual(['polar'])
    await page.goto('/history')
    await page.locator('[data-activity]').first().click()
    await page.waitForURL(/\/history\/act_/)
    // A level line has no height, so it is there rather than visible; the heart's is told in words too.
    await expect(page.locator(`[data-plot="${historyStrings.page.plots.cadence.title}"] [data-run]`)).toHaveCount(1)
    await expect(page.getByText(/Heart rate over 20 min/)).toBeVisible()
    await page.goto('/connections')
    await expect(card.getByText(say.count(1), { exact: true })).toBeVisible()

    await card.getByRole('button', { name: say.disconnect('Polar') }).click()
    const question = page.getByRole('dialog', { name: say.question('Polar') })
    await expect(question.getByRole('button', { name: say.yes, exact: true })).toBeDisabled()
    await question.getByRole('radio', { name: say.erase }).check()
    await question.getByRole('button', { name: say.yes, exact: true }).click()
    await expect(card.getByText(/Certificate cer_/)).toBeVisible()
    await expect(card.getByText(say.state.ended, { exact: true })).toBeVisible()
    expect(polar.tokensAlive(userId)).toBe(0)
    expect(await history()).toEqual([])
    await context.close()
  } finally {
    await polar.emulator.close()
  }
})

test('send a class recording to Strava: connect from the activity, one tap, its address there; nobody sees Strava’s own', async ({ chromium, trouble }) => {
  const strava = await startStrava({ port: Number(process.env.E2E_STRAVA_PORT), hooks: true })
  try {
    const [trainer, member] = [await (await openBrowser(chromium, trouble)).newPage(), await (await openBrowser(chromium, trouble, phone)).newPage()]
    await signUp(trainer, 'Tess Trainer', freshEmail('tess'))
    await signUp(member, 'Mia Member', freshEmail('mia'))
    const { classId } = await ask<{ classId: string }>(trainer, 'POST', '/api/series', { title: 'Monday flow', kind: 'hiit', timezone: 'Europe/Berlin' })
    const beats = await takePart(member, classId, 'Mia Member')
    // A class of a moment leaves no record.
    const begun = Date.now()
    await expect.poll(async () => (await ask<{ now: number }>(member, 'GET', '/api/time')).now - begun).toBeGreaterThan(5_000)
    await beats(120)
    await ask(trainer, 'POST', `/api/classes/${classId}/end-workout`)
    await ask(trainer, 'POST', `/api/classes/${classId}/close`)
    const activity = await firstActivity(member)
    await member.goto(activity)
    const section = member.getByRole('region', { name: sendStrings.title('Strava') })
    await expect(section.getByText(sendStrings.connectFirst('Strava'))).toBeVisible()
    await member.screenshot({ path: test.info().outputPath('connect-phone.png'), fullPage: true })
    await section.getByRole('button', { name: say.connectStrava }).click()
    await member.getByRole('link', { name: 'Authorize' }).click()
    await member.waitForURL(({ pathname }) => pathname === activity)
    const send = section.getByRole('button', { name: sendStrings.send('Strava') })
    await expect(send).toBeVisible()
    await member.screenshot({ path: test.info().outputPath('send-phone.png'), fullPage: true })
    await send.click()
    const link = section.getByRole('link', { name: say.viewOnStrava })
    await expect(link).toBeVisible()
    await expect(section.getByText(sendStrings.sent('Strava'))).toBeVisible()
    expect(await link.getAttribute('href')).toMatch(/^https:\/\/www\.strava\.com\/activities\/\d+$/)
    await expect(send).toBeHidden()
    expect(strava.uploads.map(({ userId, externalId }) => [userId, externalId])).toEqual([[strava.signedIn(), `pulseroom-${classId}`]])
    await member.screenshot({ path: test.info().outputPath('sent-phone.png'), fullPage: true })
    // The summary of the class says the same, and does not send it again.
    await member.setViewportSize({ width: 1440, height: 900 })
    await member.emulateMedia({ colorScheme: 'dark' })
    await member.goto(`/summaries/${classId}`)
    await expect(section.getByRole('link', { name: say.viewOnStrava })).toBeVisible()
    expect((await new AxeBuilder({ page: member }).analyze()).violations).toEqual([])
    await member.screenshot({ path: test.info().outputPath('summary-desktop-dark.png'), fullPage: true })
    // Only sending was allowed: there is nothing to look for, and whoever adds more is told before that no trainer will see it.
    await member.goto('/history')
    await member.getByLabel(historyStrings.share.toggle('Tess Trainer')).check()
    await expect(member.locator('[data-share="yes"]')).toBeVisible()
    await member.goto('/connections')
    const card = member.getByRole('listitem', { name: say.name('strava'), exact: true })
    await expect(card.getByText(say.reach.ownerOnly('Strava', 7))).toBeVisible()
    await expect(card.getByRole('button', { name: say.look })).toHaveCount(0)
    await member.screenshot({ path: test.info().outputPath('connections-desktop-dark.png'), fullPage: true })
  } finally {
    await strava.emulator.close()
  }
})
