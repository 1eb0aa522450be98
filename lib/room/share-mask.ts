import type { RoomView, Tile, TileReading } from './room-view'

const MASKED: TileReading = { state: 'none', why: 'masked', sinceMs: null }

/**
 * What may be drawn on a screen that the class is shown: pixels pass by the rule of frames, so a number that is not meant for everyone is
 * not drawn at all, nor are watts beside a heart rate, nor why a heart is not heard: no frame carries them. `shared`: whose numbers the
 * class may know.
 */
export function maskTiles(tiles: readonly Tile[], shared: ReadonlySet<string>): Tile[] {
  return tiles.map((tile) => {
    if (tile.me || tile.reading.state === 'none') return tile
    return { ...tile, reading: shared.has(tile.participantId) ? asFramed(tile.reading) : MASKED }
  })
}

function asFramed(reading: TileReading): TileReading {
  if (reading.state === 'moving') return { ...reading, heart: 'none' }
  return reading.state === 'live' || reading.state === 'stale' ? { ...reading, watts: null } : reading
}

/** What this screen draws of the class. `sharedNow` is asked only while something is masked. */
export const drawable = (
  tiles: readonly Tile[],
  sharing: RoomView['sharing'],
  sharedNow: () => ReadonlyArray<{ readonly participantId: string }>,
): readonly Tile[] => (sharing === 'masked' ? maskTiles(tiles, new Set(sharedNow().map(({ participantId }) => participantId))) : tiles)
