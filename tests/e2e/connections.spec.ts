import AxeBuilder from '@axe-core/playwright'
import { z } from 'zod'
import { connectionStrings as say } from '@/components/strings-connections'
import { historyStrings } from '@/components/strings-history'
import { startPolar } from '@/tests/providers/polar'
import { twentyMinutes } from '@/tests/providers/world'
import { expect, freshEmail, openBrowser, phone, signUp, test } from './people'

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
    await expect(page.getByText(say.off(say.name('strava')))).toBeVisible()
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
