import type { Page } from '@playwright/test'
import { words } from '@/components/strings'
import { roomStrings } from '@/components/strings-room'
import { talkStrings as say } from '@/components/strings-talk'
import { createClass, expect, freshEmail, join, openBrowser, phone, signUp, test, tile } from './people'

const openChat = (page: Page) => page.getByRole('toolbar').getByRole('button', { name: new RegExp(`^${say.chat}`) }).click()
const closePanel = (page: Page) => page.getByRole('dialog').getByRole('button', { name: roomStrings.controls.close }).click()
const log = (page: Page) => page.getByRole('log', { name: say.log })
async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: say.write }).fill(text)
  await page.getByRole('textbox', { name: say.write }).press('Enter')
}

test('talk without a voice: a chat both ways, links that only open, hands, reactions and a high-five; a thread between the classes', async ({
  chromium,
  trouble,
}) => {
  const trainer = await (await openBrowser(chromium, trouble)).newPage()
  await signUp(trainer, 'Mara', freshEmail('mara'))
  const link = await createClass(trainer, 'Rounds', { reach: 'everyone', ownLink: 'https://zoom.us/j/123456789' })
  await trainer.getByRole('link', { name: words.home.enter }).first().click()
  await trainer.waitForURL(/\/room\//)
  const ana = await (await openBrowser(chromium, trouble, phone)).newPage()
  const bo = await (await openBrowser(chromium, trouble, phone)).newPage()
  await join(ana, link, 'Ana')
  await join(bo, link, 'Bo')
  await expect(tile(trainer, 'Bo')).toBeVisible()

  await test.step('a chat reaches both sides; on the wall it is a number, silent and beside the tiles', async () => {
    const before = await tile(trainer, 'Ana').boundingBox()
    await openChat(ana)
    await write(ana, 'Hello, is this thing on?')
    await expect(log(ana)).toContainText('Hello, is this thing on?')
    await expect(log(ana)).not.toContainText(say.sending)
    await expect(trainer.getByRole('toolbar').getByRole('button', { name: new RegExp(`${say.chat}.*${say.unread(1)}`) })).toBeVisible()
    expect(await tile(trainer, 'Ana').boundingBox()).toEqual(before)
    await openChat(trainer)
    await expect(log(trainer)).toContainText('Hello, is this thing on?')
    await expect(trainer.locator('[data-badge]')).toHaveCount(0)
    await write(trainer, 'Loud and clear.')
    await expect(log(ana)).toContainText('Loud and clear.')
  })

  await test.step('a link can be opened; a script stays words', async () => {
    const attack = '<img src=x onerror="document.title=\'owned\'"> javascript:alert(1) see https://example.com/plan.'
    await write(ana, attack)
    await expect(log(trainer)).toContainText(attack)
    const found = log(trainer).getByRole('link')
    await expect(found).toHaveCount(1)
    await expect(found).toHaveAttribute('href', 'https://example.com/plan')
    await expect(found).toHaveAttribute('rel', 'noopener noreferrer nofollow ugc')
    await expect(found).toHaveAttribute('target', '_blank')
    await expect(log(trainer).locator('img')).toHaveCount(0)
    expect(await trainer.title()).not.toContain('owned')
  })

  await test.step('a late comer and a reload read what was said; the field stays in sight over a keyboard', async () => {
    await bo.reload()
    await openChat(bo)
    await expect(log(bo)).toContainText('Hello, is this thing on?')
    await bo.setViewportSize({ width: 390, height: 430 })
    const field = bo.getByRole('textbox', { name: say.write })
    await expect(field).toBeInViewport({ ratio: 1 })
    await expect(log(bo).getByText('see https://example.com/plan')).toBeInViewport()
    await bo.setViewportSize(phone.viewport)
  })

  await test.step('own words can be deleted, the trainer removes those of others, and both are said', async () => {
    await write(bo, 'Somebody should not have said this')
    await log(ana).getByRole('listitem').filter({ hasText: 'Hello' }).getByRole('button', { name: say.delete }).click()
    await ana.getByRole('dialog').getByRole('button', { name: say.deleteYes, exact: true }).click()
    await expect(log(ana)).toContainText(say.deletedByYou)
    await expect(log(bo)).toContainText(say.deletedByAuthor('Ana'))
    // Others' words are nobody's to delete but the trainer's.
    await expect(log(ana).getByRole('button', { name: say.removeOf('Bo') })).toHaveCount(0)
    await log(trainer).getByRole('listitem').filter({ hasText: 'should not' }).getByRole('button', { name: say.removeOf('Bo') }).click()
    await trainer.getByRole('dialog').getByRole('button', { name: say.removeYes, exact: true }).click()
    for (const page of [ana, bo, trainer]) {
      await expect(log(page)).toContainText(say.deletedByTrainer)
      await expect(log(page)).not.toContainText('should not have said')
    }
    for (const page of [ana, bo, trainer]) await closePanel(page)
  })

  await test.step('what cannot be sent says so, and goes once when the link is back', async () => {
    await ana.context().setOffline(true)
    await openChat(ana)
    await write(ana, 'Sent from a tunnel')
    await expect(log(ana)).toContainText(say.failed)
    await ana.context().setOffline(false)
    await expect(log(ana)).not.toContainText(say.failed, { timeout: 20_000 })
    await openChat(bo)
    await expect(log(bo).getByText('Sent from a tunnel')).toHaveCount(1)
    await closePanel(ana)
    await closePanel(bo)
  })

  await test.step('a hand goes up on the tile, in the line and in order, and the trainer lowers it', async () => {
    await bo.getByRole('button', { name: say.raise }).click()
    await expect(tile(trainer, 'Bo')).toContainText(say.handUp)
    await ana.getByRole('button', { name: say.raise }).click()
    await expect(trainer.locator('[data-wall-line]')).toContainText(say.hands(2))
    await trainer.getByRole('toolbar').getByRole('button', { name: roomStrings.controls.people }).click()
    const hands = trainer.getByRole('region', { name: say.handsTitle })
    await expect(hands.getByRole('listitem')).toHaveText([/^Bo/, /^Ana/])
    await hands.getByRole('button', { name: say.lowerOf('Bo') }).click()
    await expect(bo.getByRole('button', { name: say.raise })).toBeVisible()
    await ana.getByRole('button', { name: say.lower }).click()
    await expect(hands).toHaveCount(0)
    await expect(trainer.locator('[data-wall-line]')).not.toContainText(say.hands(1))
  })

  await test.step('a reaction floats over its sender’s tile and goes; a high-five is said to whom it is for', async () => {
    await ana.getByRole('button', { name: say.react }).click()
    await ana.getByRole('button', { name: say.reaction.fire }).click()
    const floating = trainer.getByRole('listitem').filter({ has: tile(trainer, 'Ana') }).locator('[data-reaction=fire]')
    await expect(floating).toBeVisible()
    await expect(floating).toHaveCount(0)
    await trainer.getByRole('dialog').getByRole('button', { name: say.highFive('Ana') }).click()
    await expect(ana.getByText(say.highFived('Mara'))).toBeVisible()
    await expect(ana.getByText(say.highFived('Mara'))).toHaveCount(0)
    await expect(bo.getByText(say.highFived('Mara'))).toHaveCount(0)
    await closePanel(trainer)
    // From the tile too, by keyboard.
    await trainer.getByRole('button', { name: say.highFive('Bo') }).focus()
    await trainer.keyboard.press('Enter')
    await expect(bo.getByText(say.highFived('Mara'))).toBeVisible()
  })

  await test.step('between the classes: the trainer announces, members answer in a thread, strangers read nothing', async () => {
    const page = say.page
    await trainer.goto(`${link}/talk`)
    await trainer.getByRole('textbox', { name: page.writeAnnouncement }).fill('Bring a mat on Thursday')
    await trainer.getByRole('button', { name: page.announce }).click()
    await expect(trainer.getByRole('log', { name: page.announcements })).toContainText('Bring a mat on Thursday')
    await ana.goto(link)
    await ana.getByRole('link', { name: page.link }).click()
    await expect(ana.getByRole('log', { name: page.announcements })).toContainText('Bring a mat on Thursday')
    await expect(ana.getByRole('textbox', { name: page.writeAnnouncement })).toHaveCount(0)
    await ana.getByRole('textbox', { name: page.write }).fill('I have a spare one')
    await ana.getByRole('button', { name: say.send }).click()
    await expect(ana.getByRole('log', { name: page.thread })).not.toContainText(say.sending)
    await bo.goto(`${link}/talk`)
    await expect(bo.getByRole('log', { name: page.thread })).toContainText('I have a spare one')
    await ana.getByRole('log', { name: page.thread }).getByRole('button', { name: say.delete }).click()
    await ana.getByRole('dialog').getByRole('button', { name: say.deleteYes, exact: true }).click()
    // Bo has only looked at the page.
    await expect(bo.getByRole('log', { name: page.thread })).toContainText(say.deletedByAuthor('Ana'))
    const stranger = await (await openBrowser(chromium, trouble)).newPage()
    await stranger.goto(`${link}/talk`)
    await expect(stranger.getByText(page.stranger)).toBeVisible()
    await expect(stranger.getByText('Bring a mat')).toHaveCount(0)
  })
})
