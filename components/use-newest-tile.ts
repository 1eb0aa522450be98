'use client'
import { useSyncExternalStore } from 'react'
import type { Tile } from '@/lib/room/room-view'
import { useRoomIfHere } from './room-here'

const nothing = (): (() => void) => () => undefined

/** In a room, the tile as its heart was last heard: drawn again by that alone. Elsewhere (a television, an example) the tile as given. */
export function useNewestTile(tile: Tile): Tile {
  const newest = useRoomIfHere()?.room.newestTiles
  const read = () => newest?.view.get(tile.participantId) ?? tile
  return useSyncExternalStore(newest?.subscribe ?? nothing, read, read)
}
