import type { Locator, Page } from '@playwright/test'
import { checkStrings } from '@/components/strings-check'
import { deviceStrings } from '@/components/strings-devices'
import { roomStrings } from '@/components/strings-room'
import { videoStrings } from '@/components/strings-video'
import { words } from '@/components/strings'
import { addHeartRate, createClass, expect, expectFramesToGrow, freshEmail, join, media, openBrowser, signUp, test, tile } from './people'
import { bluetoothRadio, chooseStrap, measurement, type Strap } from './strap'

/** Frames that a picture on the page has shown. */
const shown = (video: Locator) => video.evaluate((element) => (element as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames)
async function expectToMove(video: Locator): Promise<void> {
  await expect(video).toBeVisible()
  const before = await shown(video)
  await expect.poll(() => shown(video), { timeout: 30_000 }).toBeGreaterThan(before + 3)
}

/** A class whose members may see each other, made as a program would make it; returns where it is. */
async function meetingClass(trainer: Page): Promise<{ classId: string; link: string }> {
  const response = await trainer.request.post('/api/series', {
    data: { title: 'Small circle', eachToEach: true, capacity: 6, heartRateReach: 'everyone', timezone: 'UTC' },
    headers: { origin: new URL(trainer.url()).origin },
  })
  const { classId, slug } = (await response.json()) as { classId: string; slug: string }
  return { classId, link: `/c/${slug}` }
}

test('a shared screen is seen by members and hides trainer-only numbers; members see those who said everyone, and no longer when they say so', async ({
  chromium,
  trouble,
}) => {
  test.setTimeout(180_000)
  const radio = await bluetoothRadio(chromium)
  const [strapA, strapB] = [await radio.strap('21:09:09:09:09:09', 'Polar H10'), await radio.strap('22:09:09:09:09:10', 'TICKR')]
  const trainer = await (await openBrowser(chromium, trouble)).newPage()
  await signUp(trainer, 'Nora Vik', freshEmail('nora'))
  const { classId, link } = await meetingClass(trainer)
  await trainer.goto(`/room/${classId}`)
  const ana = await (await openBrowser(chromium, trouble)).newPage()
  await ana.goto(link)
  await ana.getByRole('radio', { name: videoStrings.meet.everyone }).check()
  await ana.getByLabel(words.classLink.name).fill('Ana')
  await ana.getByRole('button', { name: words.classLink.join, exact: true }).click()
  await ana.waitForURL(/\/room\//)
  const ben = await (await openBrowser(chromium, trouble)).newPage()
  await join(ben, link, 'Ben')
  const anaAtBen = tile(ben, 'Ana').locator('video')

  await test.step('who said everyone is seen by another member; who did not sends that member nothing', async () => {
    await expectToMove(anaAtBen)
    await expect(ana.locator('[data-seen]')).toHaveText(roomStrings.member.seenByEveryone)
    await expect(ben.locator('[data-seen]')).toHaveText(roomStrings.member.seenBy('Nora'))
    await expectToMove(tile(trainer, 'Ben').locator('video'))
    await expect(tile(ana, 'Ben').locator('video')).toHaveCount(0)
    for (const page of [trainer, ana, ben]) expect(await media(page, 'liveMicrophones')).toBe(0)
  })

  const beatUntil = (strap: Strap, page: Page, bpm: number, there: () => Promise<void>) =>
    expect(async () => {
      await strap.notify(page, measurement(bpm))
      await there()
    }).toPass()
  const figure = (name: string) => tile(trainer, name).locator('[data-figure]')

  await test.step('the screen is decoded at a member, large, with the trainer beside it; the wall hides what is the trainer’s alone', async () => {
    await chooseStrap(ana, strapA)
    await addHeartRate(ana, { live: 'trainer', trainer: 'Nora', hrmax: 190 })
    await chooseStrap(ben, strapB)
    await addHeartRate(ben, { live: 'everyone', trainer: 'Nora', hrmax: 180 })
    await beatUntil(strapA, ana, 141, () => expect(figure('Ana')).toContainText('141', { timeout: 700 }))
    await trainer.getByRole('button', { name: videoStrings.share.control, exact: true }).click()
    await expect(trainer.locator('[data-sharing="masked"]')).toBeVisible()
    for (const page of [ana, ben]) {
      const videos = page.locator('[data-shared-screen] video')
      await expect(videos).toHaveCount(2)
      await expectToMove(videos.first())
      await expectToMove(videos.last())
    }
    await beatUntil(strapB, ben, 133, () => expect(figure('Ben')).toContainText('133', { timeout: 700 }))
    await strapA.notify(ana, measurement(152))
    await expect(tile(trainer, 'Ana')).toContainText(videoStrings.share.hiddenOnTile)
    await expect(trainer.getByRole('main')).not.toContainText('152')
  })

  await test.step('one tap ends it: the screen goes, the numbers come back', async () => {
    await trainer.getByRole('button', { name: videoStrings.share.stop, exact: true }).last().click()
    await expect(ana.locator('[data-shared-screen]')).toHaveCount(0)
    await expect(trainer.locator('[data-sharing]')).toHaveCount(0)
    await beatUntil(strapA, ana, 149, () => expect(figure('Ana')).toContainText('149', { timeout: 700 }))
  })

  await test.step('whom the trainer looks at is large for the others too, and is told', async () => {
    await trainer.getByRole('button', { name: roomStrings.controls.people, exact: true }).click()
    await trainer.getByRole('button', { name: deviceStrings.spotlight.on('Ana') }).click()
    await expectToMove(ben.locator('[data-spotlight] video'))
    await expect(tile(ben, 'Ana')).toHaveCount(1)
    await expect(ana.getByText(deviceStrings.spotlight.youForAll)).toBeVisible()
    await ben.screenshot({ path: test.info().outputPath('spotlight-member.png') })
    await ben.getByRole('button', { name: roomStrings.controls.close, exact: true }).click()
    await ben.setViewportSize({ width: 390, height: 844 })
    await ben.screenshot({ path: test.info().outputPath('spotlight-member-phone.png') })
    await ben.setViewportSize({ width: 1440, height: 900 })
    await trainer.getByRole('button', { name: deviceStrings.spotlight.off }).click()
    await expect(ben.locator('[data-spotlight]')).toHaveCount(0)
    await expect(ana.getByText(deviceStrings.spotlight.youForAll)).toHaveCount(0)
    await expectToMove(anaAtBen)
    await trainer.getByRole('button', { name: roomStrings.controls.close, exact: true }).click()
  })

  await test.step('"only the trainer" ends it for the other member at once, and the trainer sees on', async () => {
    await ana.getByRole('button', { name: roomStrings.controls.close, exact: true }).click()
    await ana.locator('[data-seen]').click()
    await ana.getByRole('radio', { name: roomStrings.member.reachTrainer('Nora') }).click()
    await expect(anaAtBen).toHaveCount(0)
    await expect(ana.locator('[data-seen]')).toHaveText(roomStrings.member.seenBy('Nora'))
    await expectToMove(tile(trainer, 'Ana').locator('video'))
    await expectFramesToGrow(ana)
  })
})

test('before class: one tap checks camera, sound, line and power, and ten seconds play back as members see them', async ({ chromium, trouble }) => {
  test.setTimeout(120_000)
  const page = await (await openBrowser(chromium, trouble)).newPage()
  await signUp(page, 'Paul Rehn', freshEmail('paul'))
  await createClass(page, 'Early birds')
  await page.goto('/home')
  await page.getByRole('link', { name: checkStrings.link }).first().click()
  await page.waitForURL(/\/check$/)
  expect(await media(page, 'liveMicrophones')).toBe(0)
  await page.getByRole('button', { name: checkStrings.start }).click()
  const row = (name: string) => page.locator(`[data-check="${name}"]`)
  await expect(row(checkStrings.camera.name)).toHaveAttribute('data-state', 'good')
  await expect(row(checkStrings.microphone.name)).toContainText(checkStrings.microphone.heard)
  await expect(row(checkStrings.path.name)).toContainText(checkStrings.path.verdict({ outcome: 'near' }))
  await expect(row(checkStrings.upload.name)).toContainText(checkStrings.upload.verdict({ outcome: 'good', members: 12, height: 360 }), { timeout: 30_000 })
  for (const { name } of [checkStrings.power, checkStrings.awake]) await expect(row(name)).toHaveAttribute('data-state', /good|warn|unknown/)

  await page.getByRole('button', { name: checkStrings.record.start }).click()
  await expect(page.locator('[data-counting="recording"]')).toBeVisible()
  const playback = page.locator('video[data-playback]')
  await expect(playback).toBeVisible({ timeout: 25_000 })
  const time = () => playback.evaluate((video) => (video as HTMLVideoElement).currentTime)
  const before = await time()
  await expect.poll(time).toBeGreaterThan(before + 0.5)
  expect(await playback.evaluate((video) => [(video as HTMLVideoElement).muted, getComputedStyle(video).scale])).toEqual([false, 'none'])
  await page.getByRole('button', { name: checkStrings.record.close, exact: true }).click()
  await expect(playback).toHaveCount(0)

  // What was chosen here is what the room takes; leaving the page turns everything off.
  await page.getByRole('radio', { name: roomStrings.settings.speaker }).check()
  await page.getByRole('link', { name: checkStrings.enter }).click()
  await page.waitForURL(/\/room\/\w+$/)
  await expect.poll(() => media(page, 'liveMicrophones')).toBe(0)
  await page.getByRole('button', { name: roomStrings.controls.more, exact: true }).click()
  await page.getByRole('button', { name: new RegExp(`^${roomStrings.settings.title}`) }).click()
  await expect(page.getByRole('radio', { name: roomStrings.settings.speaker })).toBeChecked()
})
