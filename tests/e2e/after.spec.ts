import type { Page } from '@playwright/test'
import { afterStrings } from '@/components/strings-after'
import { memberStrings } from '@/components/strings-member'
import { roomStrings } from '@/components/strings-room'
import { words } from '@/components/strings'
import { createClass, endAndClose, expect, freshEmail, inRoom, join, openBrowser, phone, signUp, test, tile } from './people'

/** What a page of the trainer's asks the server for. */
const post = (page: Page, path: string): Promise<number> => page.evaluate(async (to) => (await fetch(to, { method: 'POST' })).status, path)
const classOf = (page: Page): string => /cls_\w+/.exec(page.url())?.[0] ?? ''

test('the ten minutes after: who was missed and a message for them, one person of two names, who paid, the list as a file; and a member leaves', async ({ chromium, trouble }) => {
  const trainer = await (await openBrowser(chromium, trouble)).newPage()
  await signUp(trainer, 'Tess Trainer', freshEmail('tess'))
  const link = await createClass(trainer, 'Tuesday core')
  const startNext = async () => {
    await trainer.goto(link)
    await trainer.getByRole('button', { name: words.home.startNow }).first().click()
    await trainer.waitForURL(/\/room\//)
  }
  const member = async () => (await openBrowser(chromium, trouble, phone)).newPage()
  const [ana, mia] = [await member(), await member()]
  await trainer.getByRole('link', { name: words.home.enter }).first().click()
  await trainer.waitForURL(/\/room\//)

  await test.step('two classes make a regular', async () => {
    await Promise.all([join(ana, link, 'Ana Lind'), join(mia, link, 'Mia')])
    await Promise.all([inRoom(trainer, 'Ana Lind'), inRoom(trainer, 'Mia')])
    await endAndClose(trainer)
    await startNext()
    await join(ana, link, null)
    await inRoom(trainer, 'Ana Lind')
    await endAndClose(trainer)
    await ana.waitForURL(/\/summaries\//)
  })

  const miaAgain = await (await openBrowser(chromium, trouble)).newPage()
  await test.step('somebody is removed in the third: their socket, kept open by hand, hears nothing more; the others hear all', async () => {
    await startNext()
    await join(miaAgain, link, 'Mia P')
    const heard: string[] = []
    // What is refused to him his console says.
    const context = await openBrowser(chromium, [])
    await context.addInitScript(() => (WebSocket.prototype.close = () => undefined))
    const zed = await context.newPage()
    zed.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))))
    const others: string[] = []
    miaAgain.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => others.push(String(payload))))
    await miaAgain.reload()
    await join(zed, link, 'Zed')
    await expect(tile(trainer, 'Zed')).toBeVisible()
    await expect.poll(() => heard.some((frame) => frame.includes('pusher_internal:subscription_succeeded') && frame.includes('presence-room'))).toBe(true)
    const participantId = await tile(trainer, 'Zed').getAttribute('data-participant')
    expect(await post(trainer, `/api/classes/${classOf(trainer)}/participants/${participantId}/remove`)).toBeLessThan(300)
    await expect(zed.getByText(roomStrings.removedTitle)).toBeVisible()
    const news = (frames: readonly string[]) => frames.filter((frame) => /room-event|client-frame/.test(frame) && frame.includes('mute-requested')).length
    await expect.poll(() => others.filter((frame) => frame.includes('subscription_succeeded') && /presence-room-\w+\.1/.test(frame)).length).toBeGreaterThan(0)
    expect(await post(trainer, `/api/classes/${classOf(trainer)}/mute-all`)).toBeLessThan(300)
    await expect.poll(() => news(others)).toBe(1)
    expect(news(heard)).toBe(0)
    await inRoom(trainer, 'Mia P')
    await endAndClose(trainer)
  })

  const main = trainer.getByRole('main')
  await test.step('whom to write to, and why', async () => {
    const card = trainer.locator('[data-digest="missed"]')
    await expect(card).toContainText('Ana Lind')
    await expect(card).toContainText(afterStrings.digest.missed(2))
    const message = afterStrings.digest.message.missed('Ana Lind', 'Tuesday core', link)
    const href = await card.getByRole('link', { name: afterStrings.digest.whatsappFor('Ana Lind') }).getAttribute('href')
    expect(new URL(href ?? '').searchParams.get('text')).toBe(message)
    await trainer.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await card.getByRole('button', { name: afterStrings.digest.copyFor('Ana Lind') }).click()
    expect(await trainer.evaluate(() => navigator.clipboard.readText())).toBe(message)
    await expect(trainer.locator('[data-missed]')).toContainText('Ana Lind')
    for (const colorScheme of ['light', 'dark'] as const) {
      await trainer.emulateMedia({ colorScheme })
      await trainer.screenshot({ path: test.info().outputPath(`after-desktop-${colorScheme}.png`), fullPage: true })
    }
    await trainer.setViewportSize(phone.viewport)
    await trainer.screenshot({ path: test.info().outputPath('after-phone.png'), fullPage: true })
    await trainer.setViewportSize({ width: 1440, height: 900 })
  })

  await test.step('a paid tick stays, and the list is a file without heart rates', async () => {
    await main.getByRole('checkbox', { name: afterStrings.people.paidFor('Mia P') }).check()
    await expect.poll(async () => (await (await trainer.request.get(`/api/classes/${classOf(trainer)}/attendance.csv`)).text()).includes('Mia P,0,came,yes')).toBe(true)
    const response = await trainer.request.get(`/api/classes/${classOf(trainer)}/attendance.csv`)
    expect(response.headers()['content-disposition']).toMatch(/^attachment; filename="tuesday-core-.*\.csv"$/)
    const text = (await response.body()).toString('utf8')
    expect(text.charCodeAt(0)).toBe(0xfeff)
    expect(text).toContain('name,minutes present,attendance,paid\r\n')
    expect(text).toContain('Ana Lind,0,missed,no\r\n')
    expect((await mia.request.get(`/api/classes/${classOf(trainer)}/attendance.csv`)).status()).toBe(401)
    await trainer.reload()
    await expect(main.getByRole('checkbox', { name: afterStrings.people.paidFor('Mia P') })).toBeChecked()
  })

  await test.step('two names become one person, after a question; the browser that is in use goes on, the old one opens nothing', async () => {
    await main.getByRole('button', { name: /^Join Mia/ }).click()
    await trainer.getByRole('dialog').screenshot({ path: test.info().outputPath('merge.png') })
    await trainer.getByRole('dialog').getByRole('button', { name: afterStrings.alike.yes }).click()
    // While it is asked, the rest of the page is no landmark.
    await expect(trainer.getByRole('dialog')).toHaveCount(0)
    await expect(main.getByText(afterStrings.alike.title)).toHaveCount(0)
    expect((await miaAgain.request.get(`/api/classes/${classOf(trainer)}/summary`)).status()).toBe(200)
    expect((await mia.request.get(`/api/classes/${classOf(trainer)}/summary`)).status()).toBe(401)
  })

  await test.step('a member leaves the series on her own page, and is missed no more; her summary stays', async () => {
    await ana.reload()
    await ana.getByText(memberStrings.open('Tess')).click()
    await ana.getByRole('button', { name: memberStrings.leave.openNamed('Tuesday core') }).click()
    await ana.screenshot({ path: test.info().outputPath('leave-phone.png') })
    await ana.getByRole('dialog').getByRole('button', { name: memberStrings.leave.yes }).click()
    await expect(ana.getByRole('dialog')).toHaveCount(0)
    await expect(ana.getByRole('button', { name: memberStrings.leave.openNamed('Tuesday core') })).toHaveCount(0)
    await expect(ana.getByRole('heading', { level: 1 })).toContainText('Tuesday core')
    await trainer.reload()
    await expect(main).toContainText('Mia')
    await expect(trainer.locator('[data-missed]')).toHaveCount(0)
    await expect(trainer.locator('[data-digest="missed"]')).toHaveCount(0)
  })
})
