import { appleStrings as say } from '@/components/strings-apple'
import { appleRoute, appleXml, exportZip, heartXml, workoutXml } from '@/tests/apple-export'
import { expect, freshEmail, openBrowser, productUrl, signUp, test } from './people'

const T0 = Date.UTC(2026, 10, 20, 7, 15)
const HOUR = 3_600_000
const run = (hour: number, inside = '') => workoutXml({ type: 'Running', startMs: T0 + hour * HOUR, endMs: T0 + hour * HOUR + 600_000, inside })
const beats = (hour: number) => Array.from({ length: 120 }, (_, at) => heartXml(T0 + hour * HOUR + at * 5_000, 110 + (at % 50))).join('')
const route = appleRoute(Array.from({ length: 20 }, (_, at) => ({ atMs: T0 + at * 1_000, lat: 52.5 + at * 1e-5, lon: 13.4, ele: 34, speed: 2.5 })))
const REFERENCE = '<WorkoutRoute><FileReference path="/workout-routes/route_1.gpx"/></WorkoutRoute>'

test('an export of Apple’s Health app: its workouts are in the history, once; a newer export brings what is new', async ({ chromium, trouble }) => {
  const page = await (await openBrowser(chromium, trouble)).newPage()
  await signUp(page, 'Mia Member', freshEmail('mia'))
  await page.goto(`${productUrl()}/history/import`)
  const bring = async (blob: Blob, name = 'export.zip') =>
    await page.getByLabel(say.choose).setInputFiles({ name, mimeType: 'application/zip', buffer: Buffer.from(await blob.arrayBuffer()) })

  const first = exportZip(appleXml(beats(0), beats(2), run(0, REFERENCE), run(2)), { 'route_1.gpx': route }, { sizesFollow: true })
  await bring(first)
  await expect(page.getByText(say.done(2))).toBeVisible()
  await bring(first)
  await expect(page.getByText(say.done(0))).toBeVisible()
  await expect(page.getByText(say.found(2, 2))).toBeVisible()

  await bring(exportZip(appleXml(beats(0), beats(2), beats(4), run(0, REFERENCE), run(2), run(4)), { 'route_1.gpx': route }))
  await expect(page.getByText(say.done(1))).toBeVisible()
  await expect(page.getByText(say.found(3, 2))).toBeVisible()

  await bring(new Blob(['<gpx></gpx>']), 'ride.gpx')
  await expect(page.getByText(say.refused.not_apple)).toBeVisible()
})
