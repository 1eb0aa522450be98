import type { Page } from '@playwright/test'
import { summaryStrings } from '@/components/strings-summary'
import { words } from '@/components/strings'
import { createClass, endAndClose, expect, freshEmail, inRoom, join, openBrowser, phone, signUp, test, tile } from './people'
import { newestMail } from './product'

const say = words.signIn.claim
const COOKIE = 'pulseroom.guest.'

/** From the guest's own summary through the mailed code and back to it. */
async function claim(page: Page, email: string, mailsBefore: number): Promise<void> {
  await page.getByRole('link', { name: say.offer }).click()
  await expect(page.getByRole('heading', { name: say.title })).toBeVisible()
  await page.getByLabel(words.signIn.email).fill(email)
  await page.getByRole('button', { name: words.signIn.send }).click()
  await expect(page.getByLabel(words.signIn.code)).toBeVisible()
  const mail = await newestMail(process.env.E2E_DATA ?? '.data', email, mailsBefore)
  await page.getByLabel(words.signIn.code).fill(/\b(\d{6})\b/.exec(mail.slice(mail.indexOf('\r\n\r\n')))?.[1] ?? '')
  await page.waitForURL(/\/summaries\/.*kept=1/)
}

test('a guest makes it an account: the summary stays theirs, the next class knows them, and a second browser joins the same account', async ({ chromium, trouble }) => {
  const trainer = await (await openBrowser(chromium, trouble)).newPage()
  await signUp(trainer, 'Tess Trainer', freshEmail('tess'))
  const link = await createClass(trainer, 'Monday flow')
  await trainer.getByRole('link', { name: words.home.enter }).first().click()
  await trainer.waitForURL(/\/room\//)
  const miaContext = await openBrowser(chromium, trouble, phone)
  const mia = await miaContext.newPage()
  await join(mia, link, 'Mia')
  await inRoom(trainer, 'Mia')
  const guestCookies = (await miaContext.cookies()).filter(({ name }) => name.startsWith(COOKIE))
  expect(guestCookies).toHaveLength(1)
  const email = freshEmail('mia')

  await test.step('her own summary offers it, and she comes back to the same summary as an account', async () => {
    await endAndClose(trainer)
    // The room is closed: the tab becomes the summary.
    await mia.waitForURL(/\/summaries\//)
    const heading = mia.getByRole('heading', { name: summaryStrings.title('Monday flow') })
    await expect(heading).toBeVisible()
    await mia.screenshot({ path: test.info().outputPath('offer-phone.png'), fullPage: true })
    await claim(mia, email, 0)
    await expect(mia.getByText(say.done(email))).toBeVisible()
    await expect(heading).toBeVisible()
    await expect(mia.getByRole('link', { name: say.offer })).toHaveCount(0)
    await mia.screenshot({ path: test.info().outputPath('done-phone.png'), fullPage: true })
  })

  await test.step('the guest’s cookie alone opens nothing any more', async () => {
    const thief = await openBrowser(chromium, [], {})
    await thief.addCookies(guestCookies)
    const classId = /summaries\/(\w+)/.exec(mia.url())?.[1] ?? ''
    expect((await thief.request.get(`/api/classes/${classId}/summary`)).status()).toBe(401)
    const page = await thief.newPage()
    await page.goto(`/summaries/${classId}`)
    await expect(page.getByText(summaryStrings.stranger)).toBeVisible()
    await thief.close()
  })

  const first = mia.url()
  await test.step('the next class knows her by name, with nothing to type', async () => {
    await trainer.goto(link)
    await trainer.getByRole('button', { name: words.home.startNow }).first().click()
    await trainer.waitForURL(/\/room\//)
    await join(mia, link, null)
    await expect(tile(trainer, 'Mia')).toBeVisible()
  })

  await test.step('on her laptop she was a guest: with the same address both are one, and it says so', async () => {
    const laptop = await (await openBrowser(chromium, trouble)).newPage()
    await join(laptop, link, 'Mia P')
    await inRoom(trainer, 'Mia P')
    await endAndClose(trainer)
    await laptop.waitForURL(/\/summaries\//)
    await claim(laptop, email, 1)
    await expect(laptop.getByText(say.merged(email))).toBeVisible()
    await expect(laptop.getByRole('heading', { name: summaryStrings.title('Monday flow') })).toBeVisible()
    await laptop.screenshot({ path: test.info().outputPath('merged-desktop.png'), fullPage: true })
    // The first class is theirs here too; and the trainer's list knows one person.
    await laptop.goto(first)
    await expect(laptop.getByRole('heading', { name: summaryStrings.title('Monday flow') })).toBeVisible()
    await trainer.reload()
    await expect(trainer.locator('[data-member]')).toHaveCount(1)
  })
})
