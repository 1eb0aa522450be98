import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import type { LiveReading, Tile, TileReading } from '@/lib/room/room-view'
import type { RemoteMedia } from '@/lib/room/video-room'
import { PersonTile } from './tile'
import { sparkPath } from './tile-spark'
import { tileNeed, wallLine } from './tile-words'

afterEach(cleanup)

const heard: LiveReading = {
  bpm: 142,
  percentOfMax: 78,
  zone: 3,
  estimated: false,
  contact: true,
  trend: 'rising',
  ageMs: 300,
  history: [138, 139, 140, 142],
}
const tile = (reading: TileReading, change: Partial<Tile> = {}): Tile => ({
  participantId: 'par_1',
  name: 'Maya Lindqvist',
  role: 'member',
  seat: 1,
  me: false,
  presence: 'here',
  cameraReach: 'trainer',
  handRaisedAt: null,
  reading,
  media: null,
  ...change,
})
const media = (change: Partial<RemoteMedia> = {}): RemoteMedia => ({
  screenId: 'scr_1',
  participantId: 'par_1',
  connection: 'connected',
  video: null,
  audio: null,
  cameraOn: false,
  talking: false,
  screen: null,
  screenAudio: null,
  overCameraLimit: false,
  ...change,
})
const draw = (drawn: Tile) => {
  const { container } = render(<PersonTile tile={drawn} cameraLimit={8} />)
  const article = screen.getByRole('article')
  return { article, figure: container.querySelector('[data-figure]'), strip: container.querySelector('[data-reading]'), container }
}

describe('a tile is honest', () => {
  it('live: number, zone by colour, number and bars, % of own maximum and trend', () => {
    const { article, figure, strip } = draw(tile({ state: 'live', ...heard }))
    expect(figure?.firstElementChild?.textContent).toBe('142')
    expect(figure?.className).toContain('bg-zone-3')
    expect(figure?.querySelectorAll('[data-filled=true]')).toHaveLength(3)
    expect(strip?.textContent).toContain('78 %')
    expect(strip?.querySelector('[data-trend=rising]')).not.toBeNull()
    expect(article.getAttribute('aria-label')).toBe('Maya Lindqvist, 142 bpm, 78 % of own maximum, zone 3, rising')
  })

  it('estimated: says so beside the percent', () => {
    expect(draw(tile({ state: 'live', ...heard, estimated: true })).strip?.textContent).toMatch(/78 %est\.of max/)
  })

  it('watts beside a heart rate have the room that "of max" takes without them', () => {
    expect(draw(tile({ state: 'live', ...heard, watts: 205 })).strip?.textContent).toBe('142378 %205 W')
  })

  it('no age and no own maximum: the number, no zone, no percent, no colour', () => {
    const { figure, strip } = draw(tile({ state: 'live', ...heard, zone: null, percentOfMax: null }))
    expect(figure?.firstElementChild?.textContent).toBe('142')
    expect(figure?.className).not.toMatch(/bg-zone/)
    expect(strip?.textContent).not.toContain('%')
  })

  it('stale: hatched, without colour, and its age in place of the percent', () => {
    const { figure, strip } = draw(tile({ state: 'stale', ...heard, ageMs: 6_100 }))
    expect(figure?.className).toContain('hatched')
    expect(figure?.className).not.toMatch(/bg-zone/)
    expect(strip?.textContent).toContain('6 s ago')
    expect(strip?.textContent).not.toContain('78 %')
    expect(strip?.querySelector('[data-trend]')).toBeNull()
  })

  it.each(['reconnecting', 'lost'] as const)('%s: no number anywhere, an outline, the reason and whose turn it is', (why) => {
    const { figure, strip, container } = draw(tile({ state: 'none', why, sinceMs: 48_000 }))
    expect(figure).toBeNull()
    expect(strip?.textContent).toBe('Sensor lost, reconnecting. Nothing for you to do.')
    expect(strip?.innerHTML).toContain('border-dashed')
    expect(container.querySelector('[data-spark]')).toBeNull()
    expect(screen.queryByText('142')).toBeNull()
  })

  it('effort stands where bpm would stand, in the same size', () => {
    const { figure, strip } = draw(tile({ state: 'effort', effort: 7, ageMs: 10_000 }))
    expect(figure?.firstElementChild?.textContent).toBe('7')
    expect(figure?.firstElementChild?.className).toContain('--number')
    expect(strip?.textContent).toContain('effort')
  })

  it('a machine without a heart: its figure with its unit, outlined and in no zone’s colour, and why there is no heart rate', () => {
    const moving: TileReading = { state: 'moving', stale: false, watts: 205, cadence: 90, speed: 833, heart: 'lost', effort: 7, ageMs: 300 }
    const { article, figure, strip } = draw(tile(moving))
    expect(figure?.textContent).toBe('205W')
    expect(figure?.getAttribute('data-unit')).toBe('W')
    expect(figure?.lastElementChild?.className).toContain('text-[length:calc(var(--number)*0.5)]')
    expect(figure?.className).toMatch(/border-ink/)
    expect(figure?.className).not.toMatch(/bg-/)
    expect(strip?.textContent).toBe('205W90 / minstrap lost · effort 7')
    expect(article.getAttribute('aria-label')).toBe('Maya Lindqvist, 205 W · 90 / min · 30.0 km/h, strap lost · effort 7')
    cleanup()
    expect(draw(tile({ ...moving, heart: 'none', effort: null })).strip?.textContent).toBe('205W90 / min30.0 km/h')
    cleanup()
    const pod = draw(tile({ ...moving, watts: null, cadence: null, heart: 'none', effort: null, stale: true, ageMs: 6_000 }))
    expect(pod.figure?.textContent).toBe('30.0km/h')
    expect(pod.figure?.className).toContain('hatched')
    expect(pod.strip?.getAttribute('data-reading')).toBe('stale')
    expect(pod.strip?.textContent).toContain('6 s ago')
  })

  it.each([
    ['private', 'Heart rate private'],
    ['hidden', 'Heart rate hidden by choice'],
  ] as const)('%s: says that it is a choice and shows no number', (why, words) => {
    const { figure, strip } = draw(tile({ state: 'none', why, sinceMs: null }))
    expect(figure).toBeNull()
    expect(strip?.textContent).toBe(words)
  })

  it('has nothing to say of one who never added a heart rate', () => {
    expect(draw(tile({ state: 'none', why: 'never', sinceMs: null })).strip?.textContent).toBe('')
  })

  it('keeps the height of its strip whatever it shows', () => {
    const states: TileReading[] = [
      { state: 'live', ...heard },
      { state: 'stale', ...heard },
      { state: 'effort', effort: 3, ageMs: 0 },
      { state: 'moving', stale: false, watts: 205, cadence: null, speed: null, heart: 'none', effort: null, ageMs: 0 },
      { state: 'none', why: 'lost', sinceMs: 1 },
    ]
    const heights = states.map((reading) => {
      const height = /h-\[[^\]]*\]/.exec(draw(tile(reading)).strip?.className ?? '')?.[0]
      cleanup()
      return height
    })
    expect(new Set(heights)).toEqual(new Set(['h-[calc(var(--number)*1.3)]']))
  })

  it('tells a choice from a fault of the camera', () => {
    draw(tile({ state: 'none', why: 'never', sinceMs: null }, { cameraReach: 'nobody' }))
    expect(screen.getByText('Camera off by choice')).toBeTruthy()
    cleanup()
    draw(tile({ state: 'none', why: 'never', sinceMs: null }, { media: media({ overCameraLimit: true }) }))
    expect(screen.getByText('Numbers only: this room carries 8 cameras')).toBeTruthy()
    cleanup()
    draw(tile({ state: 'none', why: 'never', sinceMs: null }, { media: media() }))
    expect(screen.getByText('Camera is off')).toBeTruthy()
    cleanup()
    draw(tile({ state: 'none', why: 'never', sinceMs: null }, { media: media({ connection: 'connecting' }) }))
    expect(screen.getByText('Picture is coming…')).toBeTruthy()
  })

  it('"reconnecting" is not "left"', () => {
    draw(tile({ state: 'none', why: 'never', sinceMs: null }, { presence: 'reconnecting' }))
    expect(screen.getByText('Reconnecting…')).toBeTruthy()
    expect(screen.queryByText('Left')).toBeNull()
  })
})

describe('a tile that needs the trainer', () => {
  it('says so for what the member said or typed, never for a guess or a strap', () => {
    expect(tileNeed(tile({ state: 'effort', effort: 9, ageMs: 0 }))).toBe('Says 9 of 10')
    expect(tileNeed(tile({ state: 'live', ...heard, percentOfMax: 103, zone: 5 }))).toBe('Above own maximum')
    expect(tileNeed(tile({ state: 'live', ...heard, percentOfMax: 103, zone: 5, estimated: true }))).toBeNull()
    expect(tileNeed(tile({ state: 'none', why: 'lost', sinceMs: 20_000 }))).toBeNull()
  })

  it('is outlined in place', () => {
    expect(draw(tile({ state: 'effort', effort: 10, ageMs: 0 })).article.dataset.need).toBe('true')
  })
})

describe('the line of the wall', () => {
  it('counts members: here, with a heart rate, pairing, reconnecting', () => {
    const none = { state: 'none', why: 'never', sinceMs: null } as const
    const tiles = [
      tile(none, { role: 'host', me: true }),
      tile({ state: 'live', ...heard }),
      tile({ state: 'stale', ...heard }),
      tile({ state: 'none', why: 'pairing', sinceMs: null }),
      tile({ state: 'effort', effort: 4, ageMs: 0 }),
      tile(none, { presence: 'reconnecting' }),
      tile(none, { presence: 'left' }),
    ]
    expect(wallLine(tiles)).toBe('4 of 6 here, 2 with heart rate, 1 pairing, 1 reconnecting')
    expect(wallLine(tiles.slice(0, 1))).toBe('Nobody here yet')
  })
})

describe('the sparkline', () => {
  it('draws nothing where nothing was heard', () => {
    const path = sparkPath([100, 101, null, null, 120, 121])
    expect(path.match(/M/g)).toHaveLength(2)
    expect(sparkPath([null, null])).toBe('')
  })

  it('keeps a steady heart flat: 1 bpm is 1/24 of the height', () => {
    const heights = [...sparkPath([100, 101]).matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y))
    expect(Math.abs((heights[0] ?? 0) - (heights[1] ?? 0))).toBeCloseTo(18 / 24, 0)
  })
})
