'use client'
import { useCallback, useEffect, useState } from 'react'
import { ClassLine } from '@/lib/classes/booking'
import { api } from '@/lib/platform/api.client'
import { AppError } from '@/lib/platform/app-error'
import type { RoomEvent } from '@/lib/room/room-event'
import type { RoomNews } from '@/lib/room/room-view'
import { PlacesList } from './places-list'
import { useRoomIfHere } from './room-here'

const CHANGES: ReadonlySet<RoomEvent['type']> = new Set([
  'places-changed',
  'participant-joined',
  'participant-changed',
  'participant-left',
  'participant-removed',
])

/** The line behind the door, for the trainer in the room: read when the list opens, and again when somebody comes or goes. */
export const RoomPlaces = () => {
  const here = useRoomIfHere()
  return here ? <LinePanel classId={here.entry.snapshot.classId} news={here.room.news} /> : null
}

const LinePanel = ({ classId, news }: { classId: string; news: RoomNews }) => {
  const [line, setLine] = useState<ClassLine | null>(null)
  const read = useCallback(async () => {
    try {
      setLine(await api('GET', `/api/classes/${classId}/line`, { reply: ClassLine }))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
  }, [classId])
  useEffect(() => {
    const first = setTimeout(() => void read(), 0)
    const stop = news.onEvent((event) => {
      if (CHANGES.has(event.type)) void read()
    })
    return () => {
      clearTimeout(first)
      stop()
    }
  }, [news, read])
  return line ? <PlacesList classId={classId} line={line} onChange={setLine} /> : null
}
