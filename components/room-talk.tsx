'use client'
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react'
import { api } from '@/lib/platform/api.client'
import { AppError } from '@/lib/platform/app-error'
import { createReactionSession, type ReactionSession, type ReactionView } from '@/lib/room/reaction-session.client'
import type { TalkView } from '@/lib/room/talk'
import { createTalkSession, type TalkSession } from '@/lib/room/talk-session.client'
import type { Draft } from './message-composer'
import { useRoomHere } from './room-here'
import { createSlot, useStore } from './use-store'

/** What one screen says without a voice, and hears. */
export type Talking = {
  readonly me: string
  readonly host: boolean
  readonly talk: TalkSession
  readonly reactions: ReactionSession
  /** What stands in the field while the panel is closed. */
  readonly draft: Draft
  readonly raiseHand: (raised: boolean) => void
  /** Host only. */
  readonly lowerHand: (participantId: string) => void
}

const Context = createContext<Talking | null>(null)

/** Null until the room stands. */
export const useTalking = (): Talking | null => useContext(Context)

const NO_TALK: TalkView = { lines: [], unread: 0, listed: false }
const NO_REACTIONS: ReactionView = { floating: [], fives: [], ready: false }
export const useTalk = (): TalkView => useStore(useTalking()?.talk ?? null) ?? NO_TALK
export const useReactions = (): ReactionView => useStore(useTalking()?.reactions ?? null) ?? NO_REACTIONS

/** Lives as long as the room: a closed panel still counts what comes. */
export const RoomTalk = ({ children }: { children: ReactNode }) => {
  const { entry, room } = useRoomHere()
  const [slot] = useState(() => createSlot<Talking>())
  useEffect(() => {
    const { classId } = entry.snapshot
    const { participantId: me, role } = entry.seat
    const options = { api, classId, me, news: room.news }
    const [talk, reactions] = [createTalkSession(options), createReactionSession(options)]
    let written = ''
    slot.fill({
      me,
      host: role === 'host',
      talk,
      reactions,
      draft: { read: () => written, write: (text) => void (written = text) },
      raiseHand: (raised) => void quietly(api('POST', `/api/classes/${classId}/hand`, { body: { raised } })),
      lowerHand: (id) => void quietly(api('POST', `/api/classes/${classId}/participants/${id}/lower-hand`)),
    })
    return () => {
      talk.dispose()
      reactions.dispose()
      slot.fill(null)
    }
  }, [entry, room, slot])
  return <Context value={useStore(slot)}>{children}</Context>
}

/** The hand on the screen is the server's: where it did not hear, nothing moves, and the tap can be made again. */
async function quietly(call: Promise<void>): Promise<void> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
}
