'use client'
import { useSyncExternalStore } from 'react'
import type { Tile } from '@/lib/room/room-view'
import { useRoomIfHere } from './room-here'

const nothing = (): (() => void) => () => undefined

/** In a room, a person's tile as their heart was last heard: drawn again by that alone. `null` elsewhere (a television, an example). */
export function useNewestTile(participantId: string): Tile | null {
  const newest = useRoomIfHere()?.room.newestTiles
  const read = () => newest?.view.get(participantId) ?? null
  return useSyncExternalStore(newest?.subscribe ?? nothing, read, read)
}
