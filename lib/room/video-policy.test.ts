import { expect, test } from 'vitest'
import { cameraPlaces, eachToEachShape, hostShape, memberShape, scaleDown } from './video-policy'

test('the trainer’s picture is at least 640×360 and 400 kb/s to each member, in any class that fits', () => {
  for (let members = 1; members <= 30; members += 1) {
    const shape = hostShape(members, 'headset')
    expect(shape.maxHeight).toBeGreaterThanOrEqual(360)
    expect(shape.videoBps).toBeGreaterThanOrEqual(400_000)
  }
  expect(hostShape(1, 'headset').videoBps).toBe(1_500_000)
  expect(hostShape(6, 'headset').videoBps).toBe(800_000)
  expect(memberShape().videoBps).toBeLessThanOrEqual(150_000)
})

test('a picture is made smaller, never larger', () => {
  expect([scaleDown(720, 360), scaleDown(480, 180), scaleDown(180, 360), scaleDown(undefined, 360)]).toEqual([2, 480 / 180, 1, 1])
})

test('eight cameras have places; the ninth waits until one goes, and nobody is moved', () => {
  const all = Array.from({ length: 10 }, (_, index) => `m${index}`)
  const first = cameraPlaces(new Set(), all)
  expect([...first]).toEqual(all.slice(0, 8))
  expect([...cameraPlaces(first, ['m9', ...all.slice(0, 9)])]).toEqual(all.slice(0, 8))
  expect([
    ...cameraPlaces(
      first,
      all.filter((one) => one !== 'm3'),
    ),
  ]).toEqual(['m0', 'm1', 'm2', 'm4', 'm5', 'm6', 'm7', 'm8'])
})

test('a shared screen gets what the trainer’s picture leaves, and never takes its 640×360 at 400 kb/s', () => {
  for (let members = 1; members <= 30; members += 1) {
    const { maxHeight, videoBps } = hostShape(members, 'headset', true)
    expect([maxHeight, videoBps >= 400_000 && videoBps <= 800_000]).toEqual([360, true])
  }
  expect([1, 3, 6, 8, 12].map((members) => hostShape(members, 'headset', true).screenBps)).toEqual([
    2_500_000, 800_000, 400_000, 200_000, 150_000,
  ])
})

test('the height follows what each member gets: 720 lines for two, 480 up to eight, 360 beyond', () => {
  expect([1, 2, 3, 8, 9, 12].map((members) => hostShape(members, 'headset').maxHeight)).toEqual([720, 720, 480, 480, 360, 360])
})

test('among members a picture is a thumb, smaller with each of them: five others take 600 kb/s together', () => {
  expect([1, 4, 5].map((others) => eachToEachShape(others).videoBps)).toEqual([150_000, 150_000, 120_000])
  // Whom everybody looks at is sent larger: 1.6 Mb/s together at most.
  expect([1, 4, 5].map((others) => eachToEachShape(others, true))).toMatchObject([
    { maxHeight: 360, videoBps: 400_000 },
    { maxHeight: 360, videoBps: 400_000 },
    { maxHeight: 360, videoBps: 320_000 },
  ])
})
