'use client'
import { useEffect, useState } from 'react'
import type { RealtimeConfig } from '@/lib/platform/realtime.client'
import type { BoardFacts } from '@/lib/room/board-page'
import { type BoardReader, createBoardReader } from '@/lib/room/board-reader.client'
import { createSlot, useStore } from './use-store'

/** The board of a class on this screen, for as long as it is drawn. */
export function useBoardReader(facts: BoardFacts, realtime: RealtimeConfig): BoardReader | null {
  // A refresh of the page's data is not another entrance.
  const [entry] = useState({ facts, realtime })
  const [slot] = useState(() => createSlot<BoardReader>())
  useEffect(() => {
    const reader = createBoardReader(entry.facts, entry.realtime)
    slot.fill(reader)
    return () => {
      slot.fill(null)
      reader.dispose()
    }
  }, [entry, slot])
  return useStore(slot)
}
