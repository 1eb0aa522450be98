import type { Tile, TileReading } from './room-view'

/**
 * Of each tile that looks as it did, the object of the last drawing: a wall of 49 draws the one whose heart was heard, not all of them
 * with every beat. A tile is drawn anew when anything in it changed, when its heart was heard, and, where its age is said (not of a number
 * that is live, nor of a silence), when a second of that has passed.
 */
export function keptTiles(before: ReadonlyMap<string, Tile>, now: readonly Tile[], viewer: 'host' | 'member'): readonly Tile[] {
  return now.map((tile) => {
    const last = before.get(tile.participantId)
    return last && looksSame(last, tile, viewer) ? last : tile
  })
}

function looksSame(last: Tile, { reading, ...tile }: Tile, viewer: 'host' | 'member'): boolean {
  return Object.entries(tile).every(([key, value]) => last[key as keyof Tile] === value) && readsSame(last.reading, reading, viewer)
}

/** What ages is compared by the second where it is said; a younger age is another beat. The line of the last minute is compared by itself. */
const AGES = new Set(['ageMs', 'sinceMs', 'history'])

function readsSame(last: TileReading, reading: TileReading, viewer: 'host' | 'member'): boolean {
  if (last.state !== reading.state) return false
  // On the trainer's screen each heart draws itself, and its line with it; a member's screen draws everybody together.
  if (viewer === 'member' && !sameLine(last, reading)) return false
  const was = new Map<string, unknown>(Object.entries(last))
  return Object.entries(reading).every(([key, value]) => AGES.has(key) || was.get(key) === value) && sameAge(ageOf(last), ageOf(reading), reading.state !== 'live' && reading.state !== 'none')
}

const lineOf = (reading: TileReading) => ('history' in reading ? reading.history : [])
const sameLine = (last: TileReading, reading: TileReading): boolean => {
  const [was, now] = [lineOf(last), lineOf(reading)]
  return was.length === now.length && was.every((bpm, second) => bpm === now[second])
}
const ageOf = (reading: TileReading): number | null => (reading.state === 'none' ? reading.sinceMs : reading.ageMs)
const sameAge = (last: number | null, age: number | null, isSaid: boolean): boolean =>
  last === null || age === null ? last === age : age >= last && (!isSaid || Math.floor(age / 1_000) === Math.floor(last / 1_000))
