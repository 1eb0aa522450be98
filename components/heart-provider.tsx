'use client'
import { createContext, use, useEffect, useState, type ReactNode } from 'react'
import type { Heart } from '@/lib/room/heart-attachment'
import { createSlot, useStore } from './use-store'

/** The one heart of this tab, made when a page first asks for it: pages without one do not download it. */
function createHolder() {
  const slot = createSlot<Heart>()
  let asked = false
  return {
    slot,
    async ask() {
      if (asked) return
      asked = true
      const { createHeartSession } = await import('@/lib/room/heart-session.client')
      slot.fill(createHeartSession())
    },
  }
}
const HeartHolder = createContext<ReturnType<typeof createHolder> | null>(null)

/** Above the routes: moving between pages never drops the strap, nor what is still to be sent. */
export const HeartProvider = ({ children }: { children: ReactNode }) => {
  const [holder] = useState(createHolder)
  return <HeartHolder value={holder}>{children}</HeartHolder>
}

/** The heart of the person at this screen; `null` on the server and until it is there. */
export function useHeart(): Heart | null {
  const holder = use(HeartHolder)
  if (!holder) throw new Error('useHeart needs a HeartProvider above it')
  useEffect(() => void holder.ask(), [holder])
  return useStore(holder.slot)
}
