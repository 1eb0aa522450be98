import type { Page } from '@playwright/test'
import { words } from '@/components/strings'
import { heartStrings } from '@/components/strings-heart'
import { roomStrings } from '@/components/strings-room'
import { CLIENT_BEAT } from '@/lib/room/room-event'
import { addHeartRate, createClass, expect, expectFramesToGrow, finalSummary, freshEmail, join, media, openBrowser, phone, productUrl, signUp, test, tile, valueOf } from './people'
import { bluetoothRadio, chooseStrap, measurement, type Strap } from './strap'

/** What was sent, and when the page had it: the oracle computes from this and nothing else. */
type Sent = { at: number; bpm: number }

/** One notification, at the earliest a second after the one before: a strap's own pace. */
async function beat(strap: Strap, page: Page, bpm: number, sent: Sent[], bytes: Parameters<typeof measurement>[1] = {}): Promise<void> {
  const due = (sent.at(-1)?.at ?? 0) + 1000
  await page.waitForFunction((until) => Date.now() >= until, due, { polling: 20 })
  await strap.notify(page, measurement(bpm, bytes))
  sent.push({ at: Date.now(), bpm })
}

async function wear(strap: Strap, page: Page, values: readonly number[], sent: Sent[]): Promise<void> {
  for (const bpm of values) await beat(strap, page, bpm, sent)
}

/** Seconds a value counts: until the next one or for 10 s, whichever is sooner; written anew here, on purpose. */
function oracle(sent: readonly Sent[], endAt: number, hrmax: number): { peak: number; average: number; zones: number[]; seconds: number } {
  const edges = [0.5, 0.6, 0.7, 0.8, 0.9].map((share) => Math.ceil(share * hrmax))
  const zones = [0, 0, 0, 0, 0, 0]
  let seconds = 0
  let sum = 0
  sent.forEach((value, i) => {
    const next = sent[i + 1]?.at ?? endAt
    const counts = Math.max(0, Math.min(next, endAt, value.at + 10_000) - value.at) / 1000
    const zone = edges.filter((edge) => value.bpm >= edge).length
    zones[zone] = (zones[zone] ?? 0) + counts
    seconds += counts
    sum += counts * value.bpm
  })
  return { peak: Math.max(...sent.map((value) => value.bpm)), average: sum / seconds, zones, seconds }
}

test('a trainer hosts a class, two members join by the link, hearts are live over video, and the summaries are true', async ({ chromium, trouble }) => {
  test.setTimeout(420_000)
  const radio = await bluetoothRadio(chromium)
  const strapA = await radio.strap('09:09:09:09:09:09', 'Polar H10')
  const strapB = await radio.strap('0A:09:09:09:09:10', 'TICKR')

  // The trainer signs up by e-mail and gets a permanent link.
  const laptop = await openBrowser(chromium, trouble)
  const trainer = await laptop.newPage()
  const email = freshEmail('tess')
  await signUp(trainer, 'Tess Trainer', email)
  const link = await createClass(trainer, 'Thursday HIIT', { reach: 'everyone' })
  expect(link).toContain(`${productUrl()}/c/thursday-hiit-`)
  await trainer.getByRole('link', { name: words.home.enter }).first().click()
  await trainer.waitForURL(/\/room\//)

  // Two members join by the link: one on a phone, one on a laptop. At most three taps the first time.
  const phoneContext = await openBrowser(chromium, trouble, phone)
  const mia = await phoneContext.newPage()
  let billedBeats = 0
  mia.on('websocket', (socket) => socket.on('framesent', ({ payload }) => (billedBeats += String(payload).includes(CLIENT_BEAT) ? 1 : 0)))
  expect((await join(mia, link, 'Mia')).taps).toBeLessThanOrEqual(3)
  const otherContext = await openBrowser(chromium, trouble)
  const noah = await otherContext.newPage()
  await join(noah, link, 'Noah')
  await expect(tile(trainer, 'Mia')).toBeVisible()
  await expect(tile(trainer, 'Noah')).toBeVisible()

  await test.step('remote video decodes on both sides, and nobody’s microphone is captured before Talk', async () => {
    await expectFramesToGrow(trainer)
    await expectFramesToGrow(mia)
    await expectFramesToGrow(noah)
    for (const page of [trainer, mia, noah]) expect(await media(page, 'liveMicrophones')).toBe(0)
    await mia.getByRole('button', { name: roomStrings.controls.talk, exact: true }).click()
    await expect.poll(() => media(mia, 'liveMicrophones')).toBe(1)
    await expect(tile(trainer, 'Mia').locator('[data-talking]')).toBeVisible()
  })

  await test.step('the trainer mutes her; there is no remote way back', async () => {
    await trainer.getByRole('button', { name: roomStrings.controls.muteAll }).first().click()
    await expect.poll(() => media(mia, 'liveMicrophones')).toBe(0)
  })

  const sentA: Sent[] = []
  const sentB: Sent[] = []
  await test.step('each pairs a strap; nothing leaves the device before consent; the wall shows exactly those numbers', async () => {
    await chooseStrap(mia, strapA)
    await addHeartRate(mia, { live: 'trainer', trainer: 'Tess', hrmax: 190 })
    await chooseStrap(noah, strapB)
    await addHeartRate(noah, { live: 'everyone', trainer: 'Tess', hrmax: 180 })
    await beat(strapA, mia, 96, sentA, { rr: [640] })
    await beat(strapB, noah, 110, sentB, { rr: [558] })
    await expect(tile(trainer, 'Mia').locator('[data-figure]')).toContainText('96')
    await expect(tile(trainer, 'Noah').locator('[data-figure]')).toContainText('110')
    for (const bpm of [118, 137, 172]) {
      await beat(strapA, mia, bpm, sentA)
      await expect(tile(trainer, 'Mia').locator('[data-figure]')).toContainText(String(bpm))
    }
    // A u16 value reads the same.
    await beat(strapB, noah, 151, sentB, { wide: true })
    await expect(tile(trainer, 'Noah').locator('[data-figure]')).toContainText('151')
  })

  await test.step('beside the video a beat costs no message; when that way falls silent the next one is shown all the same', async () => {
    let bpm = 173
    await expect(async () => {
      const before = billedBeats
      await beat(strapA, mia, (bpm += 1), sentA)
      await expect(tile(trainer, 'Mia').locator('[data-figure]')).toContainText(String(bpm), { timeout: 2_000 })
      expect(billedBeats).toBe(before)
    }).toPass()
    const before = billedBeats
    await mia.evaluate(() => {
      RTCDataChannel.prototype.send = new Proxy(RTCDataChannel.prototype.send, {
        apply: (send, channel: RTCDataChannel, said: [string]) => (channel.label === 'data' ? undefined : Reflect.apply(send, channel, said)),
      })
    })
    await beat(strapA, mia, 139, sentA)
    await expect(tile(trainer, 'Mia').locator('[data-figure]')).toContainText('139')
    expect(billedBeats).toBeGreaterThan(before)
  })

  await test.step('who shares with everyone is seen by everyone; who shares with the trainer is not', async () => {
    await beat(strapB, noah, 149, sentB)
    await expect(tile(mia, 'Noah').locator('[data-figure]')).toContainText('149')
    await expect(tile(noah, 'Mia')).toHaveCount(0)
  })

  await test.step('a strap drops: stale, then lost with its reason, then live again without a click', async () => {
    await strapA.drop()
    await expect(tile(trainer, 'Mia').locator('[data-reading="stale"]')).toBeVisible({ timeout: 8_000 })
    const strip = tile(trainer, 'Mia').locator('[data-reading="none"]')
    await expect(strip).toBeVisible({ timeout: 12_000 })
    await expect(tile(trainer, 'Mia').locator('[data-figure]')).toHaveCount(0)
    await expect(strip).toContainText(roomStrings.tile.sensorReconnecting)
    await expect.poll(() => strapA.subscribed, { timeout: 20_000 }).toBe(true)
    await beat(strapA, mia, 141, sentA)
    await expect(tile(trainer, 'Mia').locator('[data-figure]')).toContainText('141')
  })

  await test.step('the trainer’s page is killed in the middle; the class goes on; she is back in another browser', async () => {
    const roomUrl = trainer.url()
    await laptop.close()
    await expect(mia.getByText(/Tess.s connection dropped/).first()).toBeVisible({ timeout: 30_000 })
    await wear(strapA, mia, [142, 143, 144], sentA)
    const tablet = await openBrowser(chromium, trouble)
    const back = await tablet.newPage()
    await back.goto(link)
    await signInAgain(back, email)
    await back.goto(roomUrl)
    // First frame within five seconds of coming back: the strap goes on meanwhile.
    await expect(async () => {
      await beat(strapA, mia, 146, sentA)
      await expect(tile(back, 'Mia').locator('[data-figure]')).toContainText('146', { timeout: 500 })
    }).toPass({ timeout: 20_000 })
    await expectFramesToGrow(back)
    await expectFramesToGrow(mia)
    await expect(mia.getByText(/Tess.s connection dropped/)).toHaveCount(0)
    await Promise.all([wear(strapA, mia, [150, 155, 160, 165, 172, 178, 178, 175, 171, 168], sentA), wear(strapB, noah, [120, 125, 131, 138, 144, 150, 158, 163, 163, 160], sentB)])
    await back.getByRole('button', { name: roomStrings.controls.endWorkout }).first().click()
    await back.getByRole('dialog').getByRole('button', { name: roomStrings.confirm.endYes }).click()
    await expect(mia.getByRole('link', { name: roomStrings.seeSummary }).or(mia.getByRole('button', { name: roomStrings.seeSummary })).first()).toBeVisible()
    const endAt = Date.now()
    await checkSummaries(endAt)

    // The trainer sees who came, and the summaries that were shared.
    await back.getByRole('button', { name: roomStrings.controls.closeRoom }).first().click()
    await back.getByRole('dialog').getByRole('button', { name: roomStrings.confirm.closeYes }).click()
    await back.waitForURL(/\/classes\/cls_/)
    await expect(back.getByRole('main')).toContainText('Mia')
    await expect(back.getByRole('main')).toContainText('Noah')

    // The next class: the same link, nothing to type, at most two taps; the strap and the consent are as last time.
    await back.goto(link)
    await back.getByRole('button', { name: words.home.startNow }).first().click()
    await back.waitForURL(/\/room\//)
    await radio.off()
    const strapAgain = await (await bluetoothRadio(chromium)).strap(strapB.address, strapB.name)
    expect((await join(noah, link, null)).taps).toBeLessThanOrEqual(2)
    await expect(tile(back, 'Noah')).toBeVisible()
    await noah.getByRole('button', { name: new RegExp(`^(${roomStrings.controls.heart}|${heartStrings.add})`) }).first().click()
    await noah.getByRole('button', { name: heartStrings.card.searchNamed('TICKR') }).click()
    await expect(noah.getByText(heartStrings.consent.asLastTime, { exact: false }).first()).toBeVisible()
    await beat(strapAgain, noah, 101, [])
    await expect(tile(back, 'Noah').locator('[data-figure]')).toContainText('101')
  })

  /** Both summaries equal the oracle; a slot is a second, so each figure may be off by the seconds' edges. */
  async function checkSummaries(endAt: number): Promise<void> {
    for (const [page, sent, hrmax] of [[mia, sentA, 190], [noah, sentB, 180]] as const) {
      const expected = oracle(sent, endAt, hrmax)
      await page.getByRole('link', { name: roomStrings.seeSummary }).or(page.getByRole('button', { name: roomStrings.seeSummary })).first().click()
      await page.waitForURL(/\/summaries\//)
      const { figures } = await finalSummary(page)
      expect(figures.peakBpm).toEqual({ outcome: 'computed', value: expected.peak })
      expect(Math.abs(valueOf(figures.averageBpm) - expected.average)).toBeLessThan(3)
      expect(Math.abs(figures.measuredSeconds - expected.seconds)).toBeLessThan(6)
      valueOf(figures.zoneSeconds).forEach((seconds, zone) => expect(Math.abs(seconds - (expected.zones[zone] ?? 0))).toBeLessThan(4))
      // What the page says is what was computed.
      await page.reload()
      await expect(page.getByRole('main')).toContainText(String(expected.peak))
      // The class link leads back to it.
      await page.goto(link)
      await expect(page.getByRole('link', { name: words.classLink.over.summary })).toBeVisible()
    }
  }
})

async function signInAgain(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in')
  const { newestMail } = await import('./product')
  await page.getByLabel(words.signIn.email).fill(email)
  await page.getByRole('button', { name: words.signIn.send }).click()
  await expect(page.getByLabel(words.signIn.code)).toBeVisible()
  const mail = await newestMail(process.env.E2E_DATA ?? '.data', email, 1)
  await page.getByLabel(words.signIn.code).fill(/\b(\d{6})\b/.exec(mail.slice(mail.indexOf('\r\n\r\n')))?.[1] ?? '')
  await page.waitForURL(({ pathname }) => pathname === '/home')
}
