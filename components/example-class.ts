import { percentOfMax, zoneOf } from '@/lib/physiology/zones'
import type { LiveReading, Tile, TileReading } from '@/lib/room/room-view'
import type { Trend } from '@/lib/room/beat'
import type { Pose } from './example-figure'

/** A minute that leads to `bpm`: a slow wave, so that the example is the same each time it is drawn. */
const minute = (bpm: number, climb: number): number[] => Array.from({ length: 60 }, (_, second) => Math.round(bpm - climb * (1 - second / 59) + 2.5 * Math.sin(second / 4) - 2.5 * Math.sin(59 / 4)))

const beating = (bpm: number, hrmax: number, trend: Trend, more: Partial<LiveReading> = {}): LiveReading => ({
  bpm,
  percentOfMax: percentOfMax(bpm, hrmax),
  zone: zoneOf(bpm, hrmax),
  estimated: false,
  contact: true,
  trend,
  ageMs: 300,
  history: minute(bpm, { rising: 22, steady: 3, falling: -20 }[trend]),
  ...more,
})

const people: ReadonlyArray<{ name: string; pose: Pose | null; reading: TileReading }> = [
  { name: 'Ana', pose: 'lunge', reading: { state: 'live', ...beating(142, 186, 'rising') } },
  { name: 'Jonas', pose: 'reach', reading: { state: 'live', ...beating(158, 179, 'steady') } },
  { name: 'Mirela', pose: 'squat', reading: { state: 'effort', effort: 7, ageMs: 20_000 } },
  { name: 'Tom', pose: 'plank', reading: { state: 'stale', ...beating(131, 172, 'steady', { ageMs: 6_000 }) } },
  { name: 'Priya', pose: 'knee', reading: { state: 'live', ...beating(118, 184, 'falling') } },
  { name: 'Lucy', pose: null, reading: { state: 'none', why: 'private', sinceMs: null } },
  { name: 'Sam', pose: 'punch', reading: { state: 'none', why: 'reconnecting', sinceMs: 12_000 } },
  { name: 'Elif', pose: 'bend', reading: { state: 'live', ...beating(176, 190, 'rising', { estimated: true }) } },
]

/** Invented members, one for each thing that a tile can say. */
export const EXAMPLE_CLASS: ReadonlyArray<{ tile: Tile; pose: Pose | null }> = people.map(({ name, pose, reading }, at) => ({
  pose,
  tile: { participantId: `example-${at}`, name, role: 'member', seat: at + 1, me: false, presence: 'here', cameraReach: pose ? 'trainer' : 'nobody', handRaisedAt: null, reading, media: null },
}))
