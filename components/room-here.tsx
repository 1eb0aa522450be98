'use client'
import { createContext, useContext, type ReactNode } from 'react'
import type { RealtimeConfig } from '@/lib/platform/realtime.client'
import type { LiveRoom } from '@/lib/room/live-room.client'
import type { RoomSeat, RoomSnapshot } from '@/lib/room/room-event'
import type { HeartConsent, HeartProfile } from '@/lib/room/room-view'

/** What the server hands to this screen, once a page load. */
export type RoomEntry = {
  readonly snapshot: RoomSnapshot
  readonly seat: RoomSeat
  /** Let in by a code of the person's other device; it is theirs for as long as the room is open. */
  readonly secondScreen: boolean
  /** Whom a consent is given to. */
  readonly trainerId: string
  readonly realtime: RealtimeConfig
  readonly iceServers: readonly RTCIceServer[]
  readonly profile: HeartProfile
  /** What was said to this trainer before; `null` the first time. */
  readonly consent: HeartConsent | null
}

/** The class on this screen, for what lives beside the room and listens to `room.news`: timer, talk, devices. */
export type Here = { readonly entry: RoomEntry; readonly room: LiveRoom }

const Context = createContext<Here | null>(null)

export const RoomHere = ({ value, children }: { value: Here; children: ReactNode }) => <Context value={value}>{children}</Context>

/** Throws outside a room. */
export function useRoomHere(): Here {
  const here = useContext(Context)
  if (!here) throw new Error('There is no room around this component.')
  return here
}

/** The same where a room may only be drawn, without a class behind it. */
export const useRoomIfHere = (): Here | null => useContext(Context)
