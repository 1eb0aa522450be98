import { floatingWallStrings, rehearsalStrings } from '@/components/strings-rehearsal'
import { roomStrings } from '@/components/strings-room'
import { RoomSnapshot } from '@/lib/room/room-event'
import { confirm, expect, freshEmail, inRoom, join, openBrowser, phone, signUp, test, tile } from './people'

/** In the page: the first word beside each heart, and which of them are not seen whole. */
function wordsBesideHearts(tiles: Element[]): { read: number; cut: string[] } {
  const lines = tiles.flatMap((tile) => {
    const line = tile.querySelector('[data-reading=live] > :last-child > :first-child')
    if (!line?.firstChild) return []
    const range = document.createRange()
    range.selectNodeContents(line.firstChild)
    const [text, room] = [range.getBoundingClientRect(), line.getBoundingClientRect()]
    return [{ text: line.textContent, whole: text.height > 10 && text.bottom <= room.bottom + 1 && text.right <= tile.getBoundingClientRect().right }]
  })
  return { read: lines.length, cut: lines.filter(({ whole }) => !whole).map(({ text }) => text) }
}

test('a full wall with no strap: simulated members move, float above another window, and go when a real member joins', async ({ chromium, trouble }) => {
  const trainer = await (await openBrowser(chromium, trouble)).newPage()
  await signUp(trainer, 'Rhea Sall', freshEmail('rhea'))
  // One tap after signing up, with no class made yet.
  await trainer.goto('/home')
  await trainer.screenshot({ path: test.info().outputPath('home-new.png') })
  await trainer.getByRole('button', { name: rehearsalStrings.start, exact: true }).click()
  await trainer.waitForURL(/\/room\//)
  const simulated = trainer.locator('article[data-participant^="sim_"]')
  await expect(simulated).toHaveCount(12)
  const classId = /room\/(\w+)/.exec(trainer.url())?.[1] ?? ''
  const link = `/c/${RoomSnapshot.parse(await (await trainer.request.get(`/api/classes/${classId}/state`)).json()).slug}`
  await trainer.getByRole('button', { name: rehearsalStrings.stop }).click()
  await expect(simulated).toHaveCount(0)
  await trainer.getByRole('button', { name: rehearsalStrings.offer }).click()
  await expect(simulated).toHaveCount(12)
  await expect(trainer.getByText(rehearsalStrings.banner)).toBeVisible()
  await expect(simulated.first().getByText(rehearsalStrings.badge)).toBeVisible()
  await expect(trainer.locator('[data-wall-line]')).toContainText(rehearsalStrings.line(12))
  const hearts = async () => (await simulated.allInnerTexts()).join()
  const before = await hearts()
  await expect.poll(hearts).not.toBe(before)
  for (const [width, height] of [[1024, 768], [1920, 1080], [1440, 900]] as const) {
    await trainer.setViewportSize({ width, height })
    await expect.poll(() => simulated.evaluateAll(wordsBesideHearts), { message: `${width} × ${height}` }).toEqual({ read: 10, cut: [] })
  }

  // The wall above any call: the same tiles in a window of their own.
  await trainer.getByRole('button', { name: roomStrings.controls.more }).click()
  await trainer.getByRole('button', { name: new RegExp(`^${floatingWallStrings.title}`) }).click()
  await expect(trainer.getByText(floatingWallStrings.closeHint)).toBeVisible()
  const floating = () => trainer.evaluate(() => window.documentPictureInPicture?.window?.document.querySelectorAll('article').length ?? 0)
  await expect.poll(floating).toBe(12)
  await expect(simulated).toHaveCount(0)
  await trainer.getByRole('button', { name: floatingWallStrings.close }).click()
  await expect(simulated).toHaveCount(12)
  await expect.poll(floating).toBe(0)

  const member = await (await openBrowser(chromium, trouble, phone)).newPage()
  await join(member, link, 'Real Ruth')
  await expect(tile(trainer, 'Real Ruth')).toBeVisible()
  await expect(simulated).toHaveCount(0)
  await expect(trainer.getByText(rehearsalStrings.banner)).toHaveCount(0)
  // No way back to pretending, and nobody simulated is counted afterwards.
  await trainer.getByRole('button', { name: roomStrings.controls.more }).click()
  await expect(trainer.getByRole('button', { name: new RegExp(`^${rehearsalStrings.title}`) })).toHaveCount(0)
  await trainer.keyboard.press('Escape')
  // She was there for seconds, and has come.
  await inRoom(trainer, 'Real Ruth')
  await confirm(trainer, roomStrings.controls.closeRoom, roomStrings.confirm.closeYes)
  await trainer.waitForURL(/\/classes\//)
  await expect(trainer.getByRole('heading', { level: 1, name: rehearsalStrings.title })).toBeVisible()
  await expect(trainer.locator('[data-member]').filter({ hasText: 'Real Ruth' })).toBeVisible()
  await expect(trainer.getByText('Femi')).toHaveCount(0)
})
