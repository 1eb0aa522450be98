import type { Browser, Page } from '@playwright/test'
import { z } from 'zod'
import { words } from '@/components/strings'
import { doorStrings } from '@/components/strings-door'
import { roomStrings } from '@/components/strings-room'
import { expect, freshEmail, join, openBrowser, phone, signUp, test, tile } from './people'

const Made = z.object({ classId: z.string(), slug: z.string() })
const MINUTE = 60_000

/** A class with few places, by the API that the form uses. */
const makeClass = async (page: Page, fields: object): Promise<z.infer<typeof Made>> =>
  Made.parse(
    await page.evaluate(async (body) => {
      const response = await fetch('/api/series', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
      return (await response.json()) as unknown
    }, fields),
  )
const stranger = async (chromium: Browser, trouble: string[], link: string): Promise<Page> => {
  const page = await (await openBrowser(chromium, trouble, phone)).newPage()
  await page.goto(link)
  return page
}
const waitInLine = async (page: Page, name: string, turn: number): Promise<void> => {
  await page.getByLabel(words.classLink.name).fill(name)
  await page.getByRole('radio', { name: words.classLink.reachNobody }).check()
  await page.getByRole('button', { name: doorStrings.wait }).click()
  await expect(page.getByRole('status')).toContainText(doorStrings.inLine(turn))
}

test('a full class: the line moves by itself, nobody passes it, and whoever waited walks in with what they chose', async ({ chromium, trouble }) => {
  test.setTimeout(150_000)
  const trainer = await (await openBrowser(chromium, trouble)).newPage()
  await signUp(trainer, 'Rosa', freshEmail('rosa'))
  const { classId, slug } = await makeClass(trainer, { title: 'Small circle', timezone: 'UTC', capacity: 1 })
  await trainer.goto(`/room/${classId}`)
  const ana = await (await openBrowser(chromium, trouble)).newPage()
  await join(ana, `/c/${slug}`, 'Ana')
  await expect(tile(trainer, 'Ana')).toBeVisible()

  const [ben, cleo] = [await stranger(chromium, trouble, `/c/${slug}`), await stranger(chromium, trouble, `/c/${slug}`)]
  await expect(ben.getByRole('heading', { name: doorStrings.full(1, 1) })).toBeVisible()
  await waitInLine(ben, 'Ben', 1)
  await waitInLine(cleo, 'Cleo', 2)

  // Another name, and the same turn.
  await ben.getByRole('button', { name: doorStrings.change }).click()
  await ben.getByLabel(words.classLink.name).fill('Benny')
  await ben.screenshot({ path: test.info().outputPath('change-phone.png'), fullPage: true })
  await ben.getByRole('button', { name: doorStrings.changeSave }).click()
  await expect(ben.getByLabel(words.classLink.name)).toHaveCount(0)
  await expect(ben.getByRole('status')).toContainText(doorStrings.inLine(1))

  await trainer.getByRole('button', { name: doorStrings.line.waitingNow(2) }).click()
  await trainer.screenshot({ path: test.info().outputPath('waiting-desktop.png') })
  const places = trainer.locator('[data-places]')
  await expect(places).toContainText(doorStrings.line.count(1, 1, 2))
  await expect(places.getByRole('list', { name: doorStrings.line.waiting }).getByRole('listitem')).toHaveText(['Benny', 'Cleo'])

  // Room for one more: the first in line, and not the second.
  await places.getByRole('button', { name: doorStrings.line.add }).click()
  await ben.waitForURL(/\/room\//)
  await expect(tile(trainer, 'Benny')).toContainText(roomStrings.tile.cameraOff)
  await expect(cleo.locator('[data-door]')).toContainText(doorStrings.inLine(1))
  await expect(places).toContainText(doorStrings.line.count(2, 2, 1))

  // Ana's place is kept for a minute. Then it is Cleo's, who comes in silently: nothing is said over the wall.
  await ana.getByRole('button', { name: roomStrings.controls.leave }).click()
  await ana.getByRole('dialog').getByRole('button', { name: roomStrings.confirm.leaveYes, exact: true }).click()
  await expect(tile(trainer, 'Ana')).toHaveCount(0)
  await expect(cleo.locator('[data-door]')).toContainText(doorStrings.inLine(1))
  await cleo.waitForURL(/\/room\//, { timeout: 90_000 })
  await expect(tile(trainer, 'Cleo')).toBeVisible()
  await expect(trainer.getByRole('alert').filter({ hasText: /\S/ })).toHaveCount(0)
  await expect(trainer.getByRole('status').filter({ hasText: 'Cleo' })).toHaveCount(0)
})

test('the early door: people say that they come, and a page that waits walks in when it opens', async ({ chromium, trouble }) => {
  test.setTimeout(150_000)
  const trainer = await (await openBrowser(chromium, trouble)).newPage()
  await signUp(trainer, 'Nils', freshEmail('nils'))
  // The next full minute whose door is still shut, with time to book: it opens within 20 to 80 seconds.
  const start = new Date(Math.ceil((Date.now() + 15 * MINUTE + 20_000) / MINUTE) * MINUTE).toISOString()
  const { slug } = await makeClass(trainer, {
    title: 'Early birds',
    timezone: 'UTC',
    schedule: { startsOn: start.slice(0, 10), localStart: start.slice(11, 16), rule: null },
  })
  const member = await stranger(chromium, trouble, `/c/${slug}`)
  await expect(member.getByText(doorStrings.doorOpens)).toBeVisible()
  await member.getByLabel(words.classLink.name).fill('Mia')
  await member.getByRole('button', { name: doorStrings.comingYes }).click()
  await expect(member.locator('[data-door]')).toContainText(doorStrings.booked)
  await trainer.goto(`/c/${slug}`)
  await expect(trainer.getByRole('list', { name: doorStrings.line.booked }).getByRole('listitem')).toHaveText(['Mia'])
  await expect(trainer.getByRole('button', { name: doorStrings.line.open })).toBeVisible()
  const passerBy = await stranger(chromium, trouble, `/c/${slug}`)
  await expect(passerBy.getByRole('button', { name: doorStrings.comingYes })).toBeVisible()

  await member.waitForURL(/\/room\//, { timeout: 100_000 })
  await expect(passerBy.getByRole('button', { name: words.classLink.join, exact: true })).toBeVisible()
  await trainer.getByRole('link', { name: words.home.enter }).first().click()
  await expect(tile(trainer, 'Mia')).toBeVisible()
})
