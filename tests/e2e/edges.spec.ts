import { heartStrings } from '@/components/strings-heart'
import { roomStrings } from '@/components/strings-room'
import { words } from '@/components/strings'
import { addHeartRate, createClass, expect, expectFramesToGrow, freshEmail, join, media, openBrowser, phone, productUrl, signUp, test, tile } from './people'
import { bluetoothRadio, chooseStrap, measurement } from './strap'

test('a network break: the number greys and goes, and picture and heart are back within ten seconds without a click', async ({ chromium, trouble }) => {
  const strap = await (await bluetoothRadio(chromium)).strap('11:09:09:09:09:09', 'Polar H9')
  const trainer = await (await openBrowser(chromium, trouble)).newPage()
  await signUp(trainer, 'Ines', freshEmail('ines'))
  const link = await createClass(trainer, 'Intervals')
  await trainer.getByRole('link', { name: words.home.enter }).first().click()
  await trainer.waitForURL(/\/room\//)
  const context = await openBrowser(chromium, trouble, phone)
  const member = await context.newPage()
  await join(member, link, 'Omar')
  await chooseStrap(member, strap)
  await addHeartRate(member, { live: 'trainer', trainer: 'Ines' })
  const figure = tile(trainer, 'Omar').locator('[data-figure]')
  const beatUntilShown = (bpm: number) =>
    expect(async () => {
      await strap.notify(member, measurement(bpm))
      await expect(figure).toContainText(String(bpm), { timeout: 700 })
    }).toPass()
  await beatUntilShown(120)
  // Without an age or an own maximum there is no zone and no share of a maximum: said, not guessed.
  await expect(tile(trainer, 'Omar').locator('[data-reading]')).toContainText(roomStrings.tile.bpm)
  await expectFramesToGrow(trainer)

  await context.setOffline(true)
  await expect(tile(trainer, 'Omar').locator('[data-reading="stale"]')).toBeVisible({ timeout: 9_000 })
  await expect(figure).toHaveCount(0)
  // The wearer's own number stays live meanwhile.
  await strap.notify(member, measurement(131))
  await expect(member.getByText('131').first()).toBeVisible()

  await context.setOffline(false)
  await beatUntilShown(133)
  await expectFramesToGrow(trainer)
  await expectFramesToGrow(member)
  expect(await media(member, 'liveMicrophones')).toBe(0)
})

test('with the trainer’s own Zoom link nobody is asked for a camera, and effort stands where bpm would', async ({ chromium, trouble }) => {
  const trainer = await (await openBrowser(chromium, trouble)).newPage()
  await signUp(trainer, 'Zoe', freshEmail('zoe'))
  const link = await createClass(trainer, 'Zoom class', { ownLink: 'https://zoom.us/j/123456789' })
  await trainer.getByRole('link', { name: words.home.enter }).first().click()
  await trainer.waitForURL(/\/room\//)
  const member = await (await openBrowser(chromium, trouble, phone)).newPage()
  await join(member, link, 'Ian')
  await expect(member.getByRole('link', { name: roomStrings.controls.openCall('Zoom') }).first()).toHaveAttribute('href', 'https://zoom.us/j/123456789')
  for (const page of [trainer, member]) expect(await media(page, 'liveCameras')).toBe(0)

  await member.getByRole('button', { name: new RegExp(`^(${roomStrings.controls.heart}|${heartStrings.add})`) }).first().click()
  await member.getByRole('button', { name: heartStrings.other.effort }).click()
  await member.getByRole('radio', { name: heartStrings.consent.trainer('Zoe') }).check()
  await member.getByRole('radio', { name: heartStrings.consent.keepYesEffort }).check()
  await member.getByRole('radio', { name: heartStrings.consent.shareSummary }).first().check()
  await member.getByRole('button', { name: heartStrings.consent.start, exact: true }).click()
  await member.getByRole('button', { name: heartStrings.effort.value(7) }).click()
  await expect(tile(trainer, 'Ian').locator('[data-reading="effort"] [data-figure]')).toContainText('7')
})

test('bad input gets a clear code, and nothing of the inside', async ({ chromium, trouble }) => {
  const page = await (await openBrowser(chromium, trouble)).newPage()
  await page.goto('/')
  const origin = new URL(page.url()).origin
  const post = (path: string, data: string, headers: Record<string, string> = {}) => page.request.post(path, { data: Buffer.from(data), headers: { 'content-type': 'application/json', origin, ...headers } })
  const expectRefusal = async (response: Awaited<ReturnType<typeof post>>, status: number, code: string): Promise<void> => {
    const text = await response.text()
    expect([response.status(), (JSON.parse(text) as { error: { code: string } }).error.code]).toEqual([status, code])
    expect(text).not.toMatch(/\bat .*\.(ts|js):\d+|node_modules|prisma/i)
  }
  await expectRefusal(await post('/api/sign-in', '{"email":'), 400, 'malformed_json')
  await expectRefusal(await post('/api/sign-in', JSON.stringify({ email: 'x'.repeat(70_000) })), 413, 'too_large')
  await expectRefusal(await post('/api/sign-in', '{"email":"nobody"}'), 400, 'invalid_input')
  await expectRefusal(await post('/api/classes/cls_00000000000000000000000000/join', '{"name":"A","cameraReach":"trainer"}'), 404, 'not_found')
  await expectRefusal(await post('/api/sign-in', '{"email":"a@example.com"}', { origin: 'https://elsewhere.example' }), 403, 'cross_site')
  await expectRefusal(await post('/api/recorders/rec_00000000000000000000000000/chunks', '{"chunks":[]}', { authorization: 'Bearer nonsense' }), 401, 'invalid_grant')
  for (const path of ['/c/no-such-class-00000000', '/c/%00', '/room/cls_%00', '/summaries/%0A', '/classes/%7F', '/s/%00']) expect((await page.goto(path))?.status(), path).toBe(404)
  trouble.splice(0, trouble.length, ...trouble.filter((line) => !line.includes('404')))
})

test('the icon that a browser asks for by itself, while one page gives way to the next, is there', async ({ request }) => {
  const answer = await request.get(`${productUrl()}/favicon.ico`)
  expect([answer.status(), [...(await answer.body()).subarray(0, 4)]]).toEqual([200, [0, 0, 1, 0]])
})
