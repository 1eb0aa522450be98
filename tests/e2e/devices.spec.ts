import type { Page } from '@playwright/test'
import { create } from 'qrcode'
import { deviceStrings } from '@/components/strings-devices'
import { roomStrings } from '@/components/strings-room'
import { talkStrings } from '@/components/strings-talk'
import { words } from '@/components/strings'
import { addHeartRate, codeOn, expect, expectFramesToGrow, join, media, newPage, openMore, openRoom, phone, test, tile } from './people'
import { bluetoothRadio, chooseStrap, measurement } from './strap'

/** A plan that is under way for longer than any test. */
const PLAN = { blocks: [{ rounds: 10, intervals: [{ kind: 'work', durationS: 600, targetZone: null, cue: 'Climb' }, { kind: 'rest', durationS: 300, targetZone: null, cue: '' }] }] }
declare global {
  /** When a page saw the timer change, and when it was tapped. */
  var seen: number[]
  var tapped: number[]
}
const TAPS = 24
const PROMISED_MS = 300

async function typeCode(page: Page, code: string): Promise<void> {
  await page.goto('/go')
  await page.getByLabel(deviceStrings.go.code).fill(code)
  await page.getByRole('button', { name: deviceStrings.go.connect }).click()
}
/** How many voices this page plays. */
const audible = (page: Page) => page.evaluate(() => [...document.querySelectorAll('audio')].filter((element) => element.srcObject !== null).length)

test('a phone becomes strap and remote of the laptop that typed its code: one person, one tile, one row, one screen with sound', async ({ chromium, trouble }) => {
  const strap = await (await bluetoothRadio(chromium)).strap('11:09:09:09:09:10', 'Polar H9')
  const { trainer, link, classId } = await openRoom(chromium, trouble, 'Ines')
  const mobile = await newPage(chromium, trouble, phone)
  await join(mobile, link, 'Omar')
  await chooseStrap(mobile, strap)
  await addHeartRate(mobile, { live: 'trainer', trainer: 'Ines' })
  await expectFramesToGrow(trainer)

  await openMore(mobile, deviceStrings.bigger.title)
  const code = await codeOn(mobile)
  const laptop = await newPage(chromium, trouble)
  await typeCode(laptop, code)
  await laptop.waitForURL(/\/room\//)

  // The phone lets go of picture and sound by itself; the laptop has both.
  await expect(mobile.locator('[data-part="sensor"]')).toBeVisible()
  await expect.poll(() => media(mobile, 'liveCameras')).toBe(0)
  await expectFramesToGrow(laptop)
  await expectFramesToGrow(trainer)
  await expect.poll(() => audible(mobile)).toBe(0)
  await expect(mobile.getByRole('button', { name: roomStrings.controls.talk, exact: true })).toHaveCount(0)
  await expect(tile(trainer, 'Omar')).toHaveCount(1)

  // The strap is on the phone, the number on the wall and on the laptop too: the laptop's silence does not fight it.
  await expect(async () => {
    await strap.notify(mobile, measurement(141))
    await expect(tile(trainer, 'Omar').locator('[data-figure]')).toContainText('141', { timeout: 700 })
  }).toPass()
  await expect(async () => {
    await strap.notify(mobile, measurement(142))
    await expect(laptop.locator('[data-own]')).toContainText('142', { timeout: 700 })
  }).toPass()

  // The phone reloads, as Android does to it: the picture stays where it is.
  await mobile.reload()
  await expect(mobile.locator('[data-part="sensor"]')).toBeVisible()
  await expectFramesToGrow(laptop)
  const state = (await (await trainer.request.get(`/api/classes/${classId}/state`)).json()) as { participants: unknown[] }
  expect(state.participants).toHaveLength(2)

  // A code is good once.
  const third = await newPage(chromium, trouble)
  await typeCode(third, code)
  await expect(third.getByText('This code is wrong', { exact: false })).toBeVisible()

  // Removed is removed, on every device.
  await trainer.getByRole('button', { name: roomStrings.controls.people, exact: true }).click()
  await trainer.getByRole('button', { name: roomStrings.people.remove('Omar') }).click()
  await trainer.getByRole('button', { name: roomStrings.confirm.removeYes, exact: true }).click()
  for (const page of [mobile, laptop]) await expect(page.getByText(roomStrings.removedTitle)).toBeVisible()
  trouble.forgive(/40[13]/)
})

/** The dark squares of a QR code on the page, by column and row, without its quiet edge; and what they must be for a text. */
async function drawnSquares(page: Page): Promise<string[]> {
  const path = (await page.getByRole('img', { name: deviceStrings.sensor.qr }).locator('path').last().getAttribute('d')) ?? ''
  const squares = [...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, column, row]) => [Number(column), Number(row)] as const)
  const edge = Math.min(...squares.flat())
  return squares.map(([column, row]) => `${column - edge},${row - edge}`).sort()
}
function squaresOf(text: string): string[] {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const squares: string[] = []
  for (let row = 0; row < modules.size; row++) for (let column = 0; column < modules.size; column++) if (modules.get(row, column)) squares.push(`${column},${row}`)
  return squares.sort()
}

test('the other way round: a phone scans the laptop’s QR code and wears the strap; still one seat, one tile, one row, one screen with sound', async ({ chromium, trouble }) => {
  const strap = await (await bluetoothRadio(chromium)).strap('11:09:09:09:09:12', 'Polar H9')
  const { trainer, link, classId } = await openRoom(chromium, trouble, 'Vera')
  const origin = new URL(link).origin
  const laptop = await newPage(chromium, trouble)
  await join(laptop, link, 'Kim')
  await expectFramesToGrow(laptop)
  await openMore(laptop, deviceStrings.sensor.title)
  const scanned = `${origin}/go#${await codeOn(laptop)}`
  expect(await drawnSquares(laptop)).toEqual(squaresOf(scanned))

  const mobile = await newPage(chromium, trouble, phone)
  await mobile.goto(scanned)
  await mobile.getByRole('button', { name: deviceStrings.go.connect }).click()
  await expect(mobile.locator('[data-part="sensor"]')).toBeVisible()
  await laptop.getByRole('button', { name: roomStrings.controls.close, exact: true }).click()

  // Picture and sound stay on the laptop; the phone opens neither camera nor microphone and plays nothing.
  await expectFramesToGrow(laptop)
  await expectFramesToGrow(trainer)
  expect([await media(mobile, 'liveCameras'), await media(mobile, 'liveMicrophones'), await audible(mobile)]).toEqual([0, 0, 0])

  await chooseStrap(mobile, strap)
  await addHeartRate(mobile, { live: 'trainer', trainer: 'Vera' })
  await expect(async () => {
    await strap.notify(mobile, measurement(128))
    await expect(tile(trainer, 'Kim').locator('[data-figure]')).toContainText('128', { timeout: 700 })
    await expect(laptop.locator('[data-own]')).toContainText('128', { timeout: 700 })
  }).toPass({ timeout: 15_000 })
  await expect(tile(trainer, 'Kim')).toHaveCount(1)

  expect((await trainer.request.post(`/api/classes/${classId}/end-workout`, { headers: { origin } })).status()).toBeLessThan(300)
  const rows = (await (await trainer.request.get(`/api/classes/${classId}/attendance.csv`)).text()).trim().split('\r\n').slice(1)
  expect(rows).toEqual([expect.stringMatching(/^Kim,\d+,came,no$/)])
})

test('a television shows the wall once the trainer has typed its code, goes dark when it is taken away, and ends with the class', async ({ chromium, trouble }) => {
  const strap = await (await bluetoothRadio(chromium)).strap('11:09:09:09:09:11', 'Polar H9')
  const { context, trainer, link, classId } = await openRoom(chromium, trouble, 'Mara')
  const member = await newPage(chromium, trouble, phone)
  await join(member, link, 'Bea')
  await chooseStrap(member, strap)
  await addHeartRate(member, { live: 'trainer', trainer: 'Mara' })

  const connect = async (audience: string): Promise<Page> => {
    const tv = await newPage(chromium, trouble, { viewport: { width: 1280, height: 720 } })
    await tv.goto('/tv')
    await expect(tv.locator('[data-code]')).toBeVisible()
    await openMore(trainer, deviceStrings.tvPanel.title)
    await trainer.getByLabel(deviceStrings.tvPanel.code).fill(await codeOn(tv))
    await trainer.getByRole('radio', { name: audience }).check()
    await trainer.getByRole('button', { name: deviceStrings.tvPanel.connect }).click()
    await expect(trainer.getByText(deviceStrings.tvPanel.connected)).toBeVisible()
    await trainer.getByRole('button', { name: roomStrings.controls.close, exact: true }).click()
    await tv.waitForURL(/\/tv\/cls_/)
    await expect(tv.locator('[data-tv="live"]')).toBeVisible()
    return tv
  }
  const spotlight = async (participantId: string | null): Promise<void> => {
    const answer = await trainer.request.post(`/api/classes/${classId}/spotlight`, { data: { participantId }, headers: { origin: new URL(trainer.url()).origin } })
    expect(answer.ok()).toBe(true)
  }
  // There is somebody beside her, or she would have the whole wall anyway.
  await join(await newPage(chromium, trouble), link, 'Cy')
  await expect(tile(trainer, 'Cy')).toBeVisible()
  await spotlight(await tile(trainer, 'Bea').first().getAttribute('data-participant'))
  const all = await connect(deviceStrings.tvPanel.trainer)
  await expect(all.locator('[data-spotlight]')).toBeVisible()
  await spotlight(null)
  await expect(all.locator('[data-spotlight]')).toHaveCount(0)
  const shared = await connect(deviceStrings.tvPanel.class)
  await expect(async () => {
    await strap.notify(member, measurement(137))
    await expect(tile(all, 'Bea').locator('[data-figure]')).toContainText('137', { timeout: 1_500 })
  }).toPass()
  // Bea shares with the trainer only: the class's television does not know her.
  await expect(shared.getByText(deviceStrings.tv.nobodyShares)).toBeVisible()
  await expect(tile(shared, 'Bea')).toHaveCount(0)

  // A television does nothing: no control, and its cookie opens nothing else.
  await expect(all.getByRole('button')).toHaveCount(0)
  for (const path of ['mute-all', 'close', 'timer', 'spotlight']) {
    const answer = await all.request.post(`/api/classes/${classId}/${path}`, { data: {}, headers: { origin: new URL(all.url()).origin } })
    expect(answer.status()).toBe(401)
  }

  // The trainer's screen stops: within ten seconds nothing on the television looks true any more, and then it comes back.
  await context.setOffline(true)
  await expect(all.locator('[data-tv="stale"]')).toBeVisible()
  await expect(all.locator('[data-tv="lost"]')).toBeVisible({ timeout: 10_000 })
  await expect(all.locator('[data-figure]')).toHaveCount(0)
  await context.setOffline(false)
  await expect(all.locator('[data-tv="live"]')).toBeVisible({ timeout: 20_000 })

  // Nor does it know the way into a call of the trainer's.
  const board = await all.request.get(`/api/classes/${classId}/board`)
  expect(Object.keys((await board.json()) as object)).not.toContain('videoUrl')

  // Taken away on the account page: dark at once, and a second screen of the trainer's is out of the room.
  const offered = await trainer.request.post(`/api/classes/${classId}/pairings`, {
    data: { kind: 'screen', part: 'main' },
    headers: { origin: new URL(trainer.url()).origin },
  })
  const second = await newPage(chromium, trouble)
  await typeCode(second, ((await offered.json()) as { code: string }).code)
  await second.waitForURL(/\/room\//)
  await expect(tile(second, 'Bea')).toBeVisible()
  const account = await context.newPage()
  await account.goto('/account')
  await account.getByRole('button', { name: words.account.access.revokeNamed('Bigger screen') }).click()
  await expect(second.getByText('This page may not enter the class any more', { exact: false })).toBeVisible()
  for (const page of [member, trainer]) await expect(page.getByRole('heading', { level: 1, name: 'Devices' })).toBeAttached()
  await expect(tile(trainer, 'Bea')).toHaveAttribute('data-presence', 'here')
  await account.getByRole('button', { name: words.account.access.revokeNamed('TV') }).first().click()
  await expect(account.getByRole('button', { name: words.account.access.revokeNamed('TV') })).toHaveCount(1)
  await expect(shared.getByText(deviceStrings.tv.endedTitle)).toBeVisible()
  await expect(all.locator('[data-tv="live"]')).toBeVisible()

  await trainer.getByRole('button', { name: roomStrings.controls.closeRoom, exact: true }).click()
  await trainer.getByRole('button', { name: roomStrings.confirm.closeYes, exact: true }).last().click()
  await expect(all.getByText(deviceStrings.tv.endedTitle)).toBeVisible()
  await expect(all.locator('[data-figure]')).toHaveCount(0)
  await all.goto(`/tv/${classId}`)
  await all.waitForURL(/\/tv$/)
  trouble.forgive(/40[1349]/)
})

test('the remote: six buttons, who needs the trainer, and from the tap to a member’s timer within 300 ms', async ({ chromium, trouble }) => {
  const { trainer, link, classId } = await openRoom(chromium, trouble, 'Rosa')
  const origin = new URL(trainer.url()).origin
  expect((await trainer.request.put(`/api/classes/${classId}/plan`, { data: { plan: PLAN }, headers: { origin } })).status()).toBe(200)
  const member = await newPage(chromium, trouble, phone)
  await join(member, link, 'Ana')
  await openMore(trainer, deviceStrings.remotePanel.title)
  const code = await codeOn(trainer)
  await trainer.getByRole('button', { name: roomStrings.controls.close, exact: true }).click()
  const remote = await newPage(chromium, trouble, phone)
  // As the QR code opens it: the code is in the fragment, one tap connects.
  await remote.goto(`/go#${code}`)
  await remote.getByRole('button', { name: deviceStrings.go.connect }).click()
  await remote.waitForURL(/\/remote\/cls_/)
  await expect(remote.locator('[data-remote="live"]')).toBeVisible()
  const press = (name: string) => remote.getByRole('button', { name, exact: true })
  for (const name of [deviceStrings.remote.start, deviceStrings.remote.next, deviceStrings.remote.plus, deviceStrings.remote.soundOff, deviceStrings.remote.mute, deviceStrings.remote.spotlight])
    expect((await press(name).boundingBox())?.height ?? 0, name).toBeGreaterThanOrEqual(96)

  await press(deviceStrings.remote.start).click()
  const timer = member.locator('[data-timer]')
  await expect(timer).toHaveAttribute('data-paused', 'false')
  await press(deviceStrings.remote.next).click()
  await expect(timer).toHaveAttribute('data-timer', 'running')

  // Tap to member: both pages write down the wall clock of this machine, in the page itself.
  await member.evaluate(() => {
    const seen: number[] = []
    let last = document.querySelector('[data-timer]')?.getAttribute('data-paused')
    new MutationObserver(() => {
      const now = document.querySelector('[data-timer]')?.getAttribute('data-paused')
      if (now !== last) seen.push(performance.timeOrigin + performance.now())
      last = now
    }).observe(document.body, { subtree: true, attributes: true, childList: true })
    Object.assign(globalThis, { seen })
  })
  await remote.evaluate(() => {
    const tapped: number[] = []
    document.addEventListener('click', () => tapped.push(performance.timeOrigin + performance.now()), true)
    Object.assign(globalThis, { tapped })
  })
  const takeNotes = (page: Page, name: 'seen' | 'tapped') =>
    page.evaluate((of) => globalThis[of].splice(0), name)
  const measure = async (): Promise<number> => {
    for (let tap = 0; tap < TAPS; tap++) {
      const paused = tap % 2 === 0
      await press(paused ? deviceStrings.remote.pause : deviceStrings.remote.resume).click()
      await expect(timer).toHaveAttribute('data-paused', String(paused))
      await expect(press(paused ? deviceStrings.remote.resume : deviceStrings.remote.pause)).toBeVisible()
    }
    const [seen, tapped] = [await takeNotes(member, 'seen'), await takeNotes(remote, 'tapped')]
    expect(seen).toHaveLength(TAPS)
    const took = seen.map((atMs, tap) => atMs - (tapped[tap] ?? 0)).sort((one, other) => one - other)
    const p95 = took[Math.ceil(TAPS * 0.95) - 1] ?? Infinity
    process.stdout.write(`remote tap to a member's timer, ${TAPS} taps: p50 ${took[TAPS / 2]?.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms\n`)
    return p95
  }
  // Three cameras are encoded on this machine meanwhile; what else runs on it may spoil a round, not three.
  await expect(async () => expect(await measure()).toBeLessThanOrEqual(PROMISED_MS)).toPass({ timeout: 60_000 })

  // Mute all closes what is open.
  await member.getByRole('button', { name: roomStrings.controls.talk, exact: true }).click()
  await expect.poll(() => media(member, 'liveMicrophones')).toBe(1)
  await press(deviceStrings.remote.mute).click()
  await expect.poll(() => media(member, 'liveMicrophones')).toBe(0)

  // Spotlight: large on the wall, and the member is told.
  await press(deviceStrings.remote.spotlight).click()
  await press('Ana').click()
  await expect(member.getByText(deviceStrings.spotlight.you)).toBeVisible()
  await expect(press(deviceStrings.remote.spotlightOff)).toBeVisible()
  await press(deviceStrings.remote.spotlightOff).click()
  await expect(member.getByText(deviceStrings.spotlight.you)).toHaveCount(0)

  // A hand goes up: the remote names who needs the trainer.
  await member.getByRole('button', { name: talkStrings.raise }).click()
  await expect(remote.locator('[data-need="hand"]')).toContainText('Ana')

  // It can do nothing else.
  for (const path of ['close', 'end-workout', 'plan']) {
    const answer = await remote.request.post(`/api/classes/${classId}/${path}`, { data: {}, headers: { origin } })
    expect([401, 405]).toContain(answer.status())
  }
  trouble.forgive(/40[135]/)
})
