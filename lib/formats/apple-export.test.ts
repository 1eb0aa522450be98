import { describe, expect, it } from 'vitest'
import { APPLE_HEAD, appleRoute, appleXml, exportZip, heartXml, packedOf, recordXml, workoutXml } from '@/tests/apple-export'
import { type AppleExport, findAppleWorkouts, openAppleExport, passesFor, readAppleWorkouts, type AppleTrouble } from './apple-export'
import { offsetOfZone } from './apple-export-workout'
import type { Recording } from './recording'

/** Made by Python's zipfile: a run with its route, three heart rates. */
const EXPORT =
  'UEsDBBQAAAAIAAAAIQAlltZ15wAAAEgBAAAoAAAAYXBwbGVfaGVhbHRoX2V4cG9ydC93b3Jrb3V0LXJvdXRlcy9hLmdweE1QTWvDMAy971cY32PFbrON4rjssI/jGB2M3UKqpmGObWx1yc+f4+5QEOgh6T09Se+XybJfjGn0ruVS1Jyh6/1xdEPLPw8v1SPfmzs9hOV2SnLWR+zIx5Y/hWCRvWFn6cyel+AjcZZVXWr5mSjsAOZ5FuSDH2J3GhfR+wle379AguRGU/wx2nUTmg9/IdRQ8FpOOJQciNmydyO2nNmOWt4o0WQuWjSbrWg0rEjTmJmqVveVlJVSh/phJ5sc3xpKS+NC6NYjktEpIB6NWslXqHt/iQmN1PCPsuwNAYqVay7WoFiH/BvzB1BLAwQUAAAACAAAACEArzuMmt0BAACkBwAAHgAAAGFwcGxlX2hlYWx0aF9leHBvcnQvZXhwb3J0LnhtbO2Vz2rbQBDG736KYQ+51Lb+tW5QJAe3aepgEohI6mNZVmNbRN4V65Fj3fIafb0+SUey4qQYEh/aQiGCRZrZbz/Nzg92o9PNMoc12lVmdCy8visAtTJppuexuL057x2L02EnGqPMaXEmSUJulMwxFqi/f/0khh2IElTGpkBVwenx5LqUmjKqbji+SJG/ZxladrCUSEIBK1NahVdyyfKR1vLnw48VjIoiR5hKUotHxbddWW7fE5DiOlO85Cink3qMJ2dNJgR34x8H7tGcTrqg2TZ8ZtaFpdTlTCoqLdp25kKrPk+YFPOwVS2kTe+lxW086HpdrmJGTar+f+0uoNQZxUKZUpOzzLQAZVESF8mt4dJ81x/0PK/n++B+DL0Pofce3rn88JaI9/+qCnX6qmYt85IVnufW3YfoEkmmTOaLJlvBHVY1hMfkBKtd5y9NXelnowk3tPPxhVNDdLYU33i+yNM/iKd/AE9/j6f/xvOf8wwO4hkcwDPY4xn8LZ5TY+9MSXC/fY8UZeuWZ2093U8npdZ8ojOj0jbt4PKegtumaU27/mf2L6Ie/LGj+JkTX4xtsxMeOIzOsxwTnKHlOxShkLSIhdNi6tlas3Jkf15smGnk/LYWdjG7Ok/37bDzC1BLAQIUAxQAAAAIAAAAIQAlltZ15wAAAEgBAAAoAAAAAAAAAAAAAACAAQAAAABhcHBsZV9oZWFsdGhfZXhwb3J0L3dvcmtvdXQtcm91dGVzL2EuZ3B4UEsBAhQDFAAAAAgAAAAhAK87jJrdAQAApAcAAB4AAAAAAAAAAAAAAIABLQEAAGFwcGxlX2hlYWx0aF9leHBvcnQvZXhwb3J0LnhtbFBLBQYAAAAAAgACAKIAAABGAwAAAAA='
const T0 = Date.UTC(2026, 10, 22, 7, 15, 14)
const HOUR = 3_600_000
const never = new AbortController().signal

async function open(blob: Blob): Promise<AppleExport> {
  const file = await openAppleExport(blob)
  if ('outcome' in file) throw new Error(`refused: ${file.reason}`)
  return file
}
async function readAll(blob: Blob) {
  const file = await open(blob)
  const { workouts, trouble: found } = await findAppleWorkouts(file, never, () => undefined)
  const trouble = new Set<AppleTrouble>(found)
  const recordings: Recording[] = []
  for await (const { recording } of readAppleWorkouts(file, workouts, { trouble, signal: never, onProgress: () => undefined })) recordings.push(recording)
  return { workouts, recordings, trouble: [...trouble] }
}
const at = ({ streams }: Recording, second: number) => streams.second.indexOf(second)

describe('a run', () => {
  const records = [
    heartXml(T0 - 5_000, 88),
    heartXml(T0, 101),
    heartXml(T0 + 4_000, 104),
    heartXml(T0 + 10_000, 110),
    heartXml(T0 + 61_000, 90),
    // A phone in the pocket walks along: one source counts.
    heartXml(T0 + 5_000, 140, 'Some band'),
    recordXml({ type: 'DistanceWalkingRunning', atMs: T0, endMs: T0 + 4_000, value: 0.012, unit: 'km' }),
    recordXml({ type: 'DistanceWalkingRunning', atMs: T0 + 4_000, endMs: T0 + 10_000, value: 0.018, unit: 'km' }),
    recordXml({ type: 'DistanceWalkingRunning', atMs: T0, endMs: T0 + 10_000, value: 0.5, unit: 'km', source: 'iPhone' }),
    recordXml({ type: 'RunningPower', atMs: T0 + 4_000, value: 231, unit: 'W' }),
    recordXml({ type: 'RunningSpeed', atMs: T0 + 4_000, value: 10.8, unit: 'km/hr' }),
    recordXml({ type: 'StepCount', atMs: T0, value: 12, unit: 'count' }),
  ]
  const inside = `  <MetadataEntry key="HKTimeZone" value="Europe/Berlin"/>
  <MetadataEntry key="HKElevationAscended" value="1250 cm"/>
  <WorkoutEvent type="HKWorkoutEventTypePause" date="2026-11-22 07:15:34 +0000"/>
  <WorkoutEvent type="HKWorkoutEventTypeResume" date="2026-11-22 07:15:44 +0000"/>
  <WorkoutEvent type="HKWorkoutEventTypeLap" date="2026-11-22 07:15:24 +0000" duration="0.5" durationUnit="min"/>
  <WorkoutEvent type="HKWorkoutEventTypeSegment" date="2026-11-22 07:15:14 +0000" duration="1" durationUnit="min"/>
  <WorkoutActivity uuid="1" startDate="2026-11-22 07:15:14 +0000" duration="1" durationUnit="min"><WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" average="1" maximum="2" unit="count/min"/></WorkoutActivity>
  <WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" startDate="x" average="105.4" minimum="88" maximum="110" unit="count/min"/>
  <WorkoutStatistics type="HKQuantityTypeIdentifierActiveEnergyBurned" sum="418.4" unit="kJ"/>
  <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="0.1" unit="mi"/>
  <WorkoutRoute sourceName="x"><FileReference path="/workout-routes/route_1.gpx"/></WorkoutRoute>
`
  const run = workoutXml({ type: 'Running', startMs: T0, endMs: T0 + 60_000, inside })
  const route = appleRoute([
    { atMs: T0 + 1_000, lat: 52.5, lon: 13.4, ele: 34.5, speed: 2.5 },
    { atMs: T0 + 4_000, lat: 52.6, lon: 13.5, ele: 35, speed: 2.75 },
  ])

  it('is put together from its records, its route and what the watch says of the whole', async () => {
    const { recordings, workouts, trouble } = await readAll(exportZip(appleXml(...records, run), { 'route_1.gpx': route }))
    const [recording] = recordings
    if (recording === undefined) throw new Error('no recording')
    expect(trouble).toEqual([])
    expect(workouts.map(({ externalId }) => externalId)).toEqual([`${T0}:Running:cf48da72`])
    expect(recording).toMatchObject({ sport: 'running', sourceSport: 'Running', device: 'Apple Watch (Watch6,1)', startedAt: T0, zoneOffsetMinutes: 60 })
    expect(recording.streams).toEqual({
      second: [0, 1, 4, 10],
      bpm: [101, null, 104, 110],
      watts: [null, null, 231, null],
      cadence: [null, null, null, null],
      // The route's speed, which the watch's own record of the same second comes after: 10.8 km/h.
      speedMps: [null, 2.5, expect.closeTo(3, 9), null],
      altitudeM: [null, 34.5, 35, null],
      distanceM: [null, null, 12, 30],
      lat: [null, 52.5, 52.6, null],
      lon: [null, 13.4, 13.5, null],
    })
    expect(recording.pauses).toEqual([{ startSecond: 20, seconds: 10 }])
    expect(recording.laps).toEqual([{ startSecond: 10, seconds: 30, distanceM: null }])
    expect(recording.said).toMatchObject({ elapsedSeconds: 60, timerSeconds: 60, kcal: 100, avgBpm: 105, maxBpm: 110, ascentM: 12.5 })
    expect(recording.said.distanceM).toBeCloseTo(160.93, 2)
    expect(recording.problems).toEqual([])
  })

  it.each([['sizes after each entry', { sizesFollow: true }], ['ZIP64', { zip64: true }], ['both', { sizesFollow: true, zip64: true }]])('is the same from an archive with %s', async (_, kind) => {
    const xml = appleXml(...records, run)
    const { recordings } = await readAll(exportZip(xml, { 'route_1.gpx': route }, kind))
    expect(recordings).toEqual((await readAll(exportZip(xml, { 'route_1.gpx': route }))).recordings)
  })

  it('is read from the export.xml alone, without its route', async () => {
    const { recordings, trouble } = await readAll(new Blob([appleXml(...records, run)]))
    expect(recordings[0]?.streams).toMatchObject({ second: [0, 4, 10], bpm: [101, 104, 110], lat: [null, null, null] })
    expect(trouble).toEqual(['no_routes'])
  })

  it('of an older iPhone says distance and energy as attributes', async () => {
    const old = workoutXml({ type: 'Cycling', startMs: T0, endMs: T0 + HOUR, attributes: 'totalDistance="12.5" totalDistanceUnit="km" totalEnergyBurned="300.4" totalEnergyBurnedUnit="Cal"' })
    const { recordings } = await readAll(exportZip(appleXml(old)))
    expect(recordings[0]).toMatchObject({ sport: 'cycling', said: { distanceM: 12_500, kcal: 300 }, problems: ['no_samples'] })
  })
})

it('a winter night in New York and a summer day in Kathmandu have the zone of the place', () => {
  expect([offsetOfZone('America/New_York', T0), offsetOfZone('Asia/Kathmandu', T0), offsetOfZone('UTC', T0), offsetOfZone('Nowhere/Land', T0)]).toEqual([-300, 345, 0, null])
})

describe('workouts', () => {
  it('that overlap both get the records, the newest first; one that is there twice is one', async () => {
    const a = workoutXml({ type: 'Yoga', startMs: T0, endMs: T0 + 60_000 })
    const b = workoutXml({ type: 'HighIntensityIntervalTraining', startMs: T0 + 30_000, endMs: T0 + 90_000, source: 'Gym &amp; Co' })
    const { workouts, recordings } = await readAll(exportZip(appleXml(heartXml(T0 + 40_000, 120), a, b, a)))
    expect(workouts.map(({ sport, sourceName }) => [sport, sourceName])).toEqual([['workout', 'Gym & Co'], ['mobility', 'Anna’s Apple Watch']])
    expect(recordings.map((recording) => recording.streams.bpm[at(recording, recording === recordings[0] ? 10 : 40)])).toEqual([120, 120])
  })

  it('of many hundred hours are gathered in several passes', async () => {
    const long = (day: number) => workoutXml({ type: 'Hiking', startMs: T0 - day * 24 * HOUR, endMs: T0 - day * 24 * HOUR + 10 * HOUR })
    const records = [3, 99].map((day) => heartXml(T0 - day * 24 * HOUR + HOUR, 100 + day))
    const blob = exportZip(appleXml(...records, ...Array.from({ length: 100 }, (_, day) => long(day))))
    const { workouts, recordings } = await readAll(blob)
    expect([workouts.length, passesFor(workouts)]).toEqual([100, 3])
    expect(recordings.flatMap(({ streams }, day) => streams.bpm.filter((bpm) => bpm !== null).map((bpm) => [day, bpm]))).toEqual([[3, 103], [99, 199]])
  })

  it('can be stopped, and only those asked for are read', async () => {
    const file = await open(exportZip(appleXml(workoutXml({ type: 'Running', startMs: T0, endMs: T0 + HOUR }))))
    const stop = new AbortController()
    stop.abort()
    await expect(findAppleWorkouts(file, stop.signal, () => undefined)).rejects.toThrow(/abort/)
    const none = readAppleWorkouts(file, [], { trouble: new Set(), signal: never, onProgress: () => expect.unreachable() })
    expect(await none.next()).toEqual({ done: true, value: undefined })
  })
})

describe('damage', () => {
  const run = (hour: number) => workoutXml({ type: 'Running', startMs: T0 + hour * HOUR, endMs: T0 + hour * HOUR + 60_000 })
  const bpms = (recordings: readonly Recording[]) => recordings.flatMap(({ streams }) => streams.bpm.filter((bpm) => bpm !== null))

  it('of one element costs that element', async () => {
    const broken = heartXml(T0 + 10_000, 120).replace('unit=', 'unit<')
    const cutWorkout = run(3).replace(' </Workout>\n', '')
    const { workouts, recordings, trouble } = await readAll(exportZip(appleXml(heartXml(T0, 110), broken, heartXml(T0 + 20_000, 130), run(0), cutWorkout, run(6))))
    expect(workouts.map(({ startMs }) => (startMs - T0) / HOUR)).toEqual([6, 3, 0])
    expect(bpms(recordings)).toEqual([110, 130])
    expect(trouble).toEqual(['damaged'])
  })

  it('values of no person are left out and said', async () => {
    const { recordings } = await readAll(exportZip(appleXml(heartXml(T0, 110), heartXml(T0 + 1_000, '1e9'), heartXml(T0 + 2_000, 'NaN'), run(0))))
    expect(bpms(recordings)).toEqual([110])
    expect(recordings[0]?.problems).toEqual(['implausible_values'])
  })

  it('entities of a DTD stay as they are written: nothing is expanded', async () => {
    const { workouts } = await readAll(exportZip(appleXml(workoutXml({ type: 'Running', startMs: T0, endMs: T0 + HOUR, source: '&lol;&#65;' }))))
    expect(workouts[0]?.sourceName).toBe('&lol;A')
  })

  it.each([['', {}], [' with sizes after each entry', { sizesFollow: true }]])('an archive cut in the middle%s gives what came before the cut', async (_, kind) => {
    // Workouts first here, so that some stand before the cut; heart rates that pack badly, so that the cut falls among them.
    const noise = Array.from({ length: 4_000 }, (_, i) => heartXml(T0 + 24 * HOUR + ((i * 7_919) % 100_000) * 1000, 60 + ((i * 31) % 120)))
    const blob = exportZip(APPLE_HEAD + heartXml(T0, 110) + run(0) + run(6) + noise.join(''), {}, kind)
    const { workouts, recordings, trouble } = await readAll(blob.slice(0, Math.floor(blob.size / 2)))
    expect(workouts).toHaveLength(2)
    expect(bpms(recordings)).toEqual([110])
    expect(recordings.every(({ problems }) => problems.includes('damaged'))).toBe(true)
    expect(trouble).toEqual(['cut'])
  })

  it('of one byte of the archive is never silent: it is found, and what was read all the same is marked', async () => {
    const real = Buffer.from(EXPORT, 'base64')
    const clean = await readAll(new Blob([real]))
    expect([clean.recordings[0]?.streams.bpm, clean.recordings[0]?.problems, clean.trouble]).toEqual([[110, null, 120, 130], [], []])
    const clear = JSON.stringify(clean.recordings)
    const [secondAt, directoryAt] = [real.lastIndexOf(Buffer.from('504b0304', 'hex')), real.indexOf(Buffer.from('504b0102', 'hex'))]
    const data = [[real.indexOf('.gpx') + 4, secondAt], [real.indexOf('.xml') + 4, directoryAt]] as const
    const found = new Set<string>()
    for (const place of data.flatMap(([from, to]) => Array.from({ length: to - from }, (_, at) => from + at))) {
      const bytes = Buffer.from(real)
      bytes[place] = (bytes[place] ?? 0) ^ 4
      const file = await openAppleExport(new Blob([bytes]))
      if ('outcome' in file) continue
      const { recordings, trouble } = await readAll(new Blob([bytes]))
      const marked = trouble.includes('no_routes') || recordings.every(({ problems }) => problems.includes('damaged'))
      // The last bits of a packed entry mean nothing: then nothing has changed.
      if (JSON.stringify(recordings) !== clear && (trouble.length === 0 || !marked)) throw new Error(`byte ${place}: ${trouble.join()}`)
      for (const each of trouble) found.add(recordings.length === 0 ? each : `${each}, read`)
    }
    expect([...found]).toEqual(expect.arrayContaining(['damaged, read', 'altered, read', 'altered']))
  })

  it('what is not of Apple is refused', async () => {
    const refusal = async (blob: Blob) => openAppleExport(blob)
    const notApple = { outcome: 'refused', reason: 'not_apple' }
    expect(await refusal(new Blob([]))).toEqual(notApple)
    expect(await refusal(new Blob(['<gpx></gpx>']))).toEqual(notApple)
    expect(await refusal(exportZip('<ClinicalDocument/>'))).toEqual(notApple)
  })
})

it('300 MB of XML take memory for what falls in workouts, not for the rest', async () => {
  const day = (from: number) => Array.from({ length: 3_000 }, (_, i) => heartXml(from + i * 5_000, 60 + ((i * 37) % 90))).join('')
  const quiet = day(T0 - 400 * 24 * HOUR)
  const times = Math.ceil(300e6 / quiet.length)
  const workouts = Array.from({ length: 20 }, (_, hour) => workoutXml({ type: 'Running', startMs: T0 + hour * HOUR, endMs: T0 + hour * HOUR + 600_000 })).join('')
  const blob = exportZip(packedOf([{ text: APPLE_HEAD, times: 1 }, { text: quiet, times }, { text: day(T0), times: 1 }, { text: `${workouts}</HealthData>`, times: 1 }]))
  const memory = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
  const before = memory()
  let most = 0
  let last = 0
  const file = await open(blob)
  const onProgress = ({ bytes, of }: { bytes: number; of: number }) => {
    most = Math.max(most, memory())
    last = bytes / of
  }
  const { workouts: found } = await findAppleWorkouts(file, never, onProgress)
  expect([found.length, last]).toEqual([20, 1])
  let values = 0
  for await (const { recording } of readAppleWorkouts(file, found, { trouble: new Set(), signal: never, onProgress })) values += recording.streams.bpm.filter((bpm) => bpm !== null).length
  // One every 5 s of ten minutes, both ends included: 3000 records reach through four hours to 9:55 of the fifth.
  expect(values).toBe(4 * 121 + 120)
  expect((most - before) / 1e6).toBeLessThan(150)
}, 120_000)
