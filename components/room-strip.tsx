'use client'
import type { RoomView } from '@/lib/room/room-view'

/** Over everything else in the room, on the trainer's screen and on a member's: the timer, when there is one. */
export const RoomStrip = (_: { view: RoomView; side: 'wall' | 'member' }) => null
