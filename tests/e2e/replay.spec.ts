import { fileURLToPath } from 'node:url'
import { heartStrings } from '@/components/strings-heart'
import { roomStrings } from '@/components/strings-room'
import { words } from '@/components/strings'
import { createClass, expect, finalSummary, freshEmail, join, openBrowser, signUp, test, tile, valueOf } from './people'

const FILE = fileURLToPath(new URL('../fixtures/garmin-fenix2-run.fit', import.meta.url))

// The file's own figures, computed by an independent script: HRmax 190, HRrest 60, male, 80 kg, 35 years.
const ORACLE = { mean: 153.927, max: 178, zoneSeconds: [11, 101, 313, 696, 1011, 700], edwards: 172.65, points: 160.983, banister: 95.043 }
const near = (value: number, expected: number): void => expect(Math.abs(value - expected) / expected).toBeLessThan(1e-3)

test('a recorded run replayed in a class gives the summary of its file', async ({ chromium, trouble }) => {
  const trainer = await (await openBrowser(chromium, trouble)).newPage()
  await signUp(trainer, 'Rita Runner', freshEmail('rita'))
  const link = await createClass(trainer, 'Long run')
  await trainer.getByRole('link', { name: words.home.enter }).first().click()
  await trainer.waitForURL(/\/room\//)

  // A member with an account of their own, so that the profile's figures are there.
  const page = await (await openBrowser(chromium, trouble)).newPage()
  await signUp(page, 'Felix', freshEmail('felix'))
  const profile = { birthYear: new Date().getFullYear() - 35, sex: 'male', weightKg: 80, hrmaxBpm: 190, hrrestBpm: 60 }
  expect((await page.request.patch('/api/profile', { data: profile, headers: { origin: new URL(page.url()).origin } })).ok()).toBe(true)
  await join(page, link, null)

  // Consent stands before the file plays, as in anybody's second class: what plays before it would be on no record.
  const classId = /room\/(\w+)/.exec(page.url())?.[1] ?? ''
  const consent = await page.request.post(`/api/classes/${classId}/consents`, { data: { live: 'trainer', keep: true, shareSummary: 'summary' }, headers: { origin: new URL(page.url()).origin } })
  expect(consent.ok()).toBe(true)
  await page.reload()

  await page.getByRole('button', { name: new RegExp(`^(${roomStrings.controls.heart}|${heartStrings.add})`) }).first().click()
  await page.getByText(heartStrings.other.replay).click()
  await page.getByLabel(heartStrings.other.file).setInputFiles(FILE)
  await page.getByLabel(heartStrings.other.speed).selectOption('600')
  await page.getByRole('button', { name: heartStrings.other.play, exact: true }).click()
  await expect(tile(trainer, 'Felix').locator('[data-figure]')).toBeVisible()
  // 47 minutes at 600 times.
  await expect(page.getByText(heartStrings.trouble.endedTitle)).toBeVisible({ timeout: 60_000 })

  await trainer.getByRole('button', { name: roomStrings.controls.endWorkout }).first().click()
  await trainer.getByRole('dialog').getByRole('button', { name: roomStrings.confirm.endYes }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: roomStrings.seeSummary }).or(page.getByRole('button', { name: roomStrings.seeSummary })).first().click()
  await page.waitForURL(/\/summaries\//)
  const { figures } = await finalSummary(page)
  near(valueOf(figures.averageBpm), ORACLE.mean)
  expect(valueOf(figures.peakBpm)).toBe(ORACLE.max)
  near(valueOf(figures.edwards), ORACLE.edwards)
  near(valueOf(figures.effortPoints), ORACLE.points)
  near(valueOf(figures.banister), ORACLE.banister)
  // One record of the file has no heart rate: a gap to the oracle, held over in a live record. So within 1e-3 of the time measured.
  valueOf(figures.zoneSeconds).forEach((seconds, zone) => expect(Math.abs(seconds - (ORACLE.zoneSeconds[zone] ?? 0))).toBeLessThanOrEqual(2832e-3))
})
