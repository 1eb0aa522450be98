'use client'
import { useEffect, useRef, useState } from 'react'
import { useRouter } from 'next/navigation'
import { ClassPlace } from '@/lib/classes/booking'
import { api } from '@/lib/platform/api.client'
import { AppError } from '@/lib/platform/app-error'
import { doorStep, nextLookMs } from './door-step'
import { doorStrings } from './strings-door'

const isVisible = () => document.visibilityState === 'visible'

/**
 * The door of a class, asked again while this page is open; goes in by itself when it is this person's turn. `place` is the newest that
 * is known, `entering` once they are on their way in. `say` books or takes back.
 */
export function useClassPlace(classId: string, first: ClassPlace) {
  const router = useRouter()
  const [heard, setHeard] = useState(first)
  const [entering, setEntering] = useState(false)
  const newest = useRef(first)
  const gone = useRef(false)
  const place = heard.serverNow >= first.serverNow ? heard : first

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let over = false
    const title = document.title
    const take = (next: ClassPlace) => {
      newest.current = next
      setHeard(next)
    }
    const act = async (): Promise<void> => {
      const { mine } = newest.current
      const step = doorStep(newest.current, isVisible())
      document.title = step === 'call' ? `${doorStrings.away} · ${title}` : title
      if (step === 'reload') return router.refresh()
      if (step !== 'walk_in' || mine.is !== 'booked' || gone.current) return
      setEntering(true)
      try {
        await api('POST', `/api/classes/${classId}/join`, { body: { name: mine.name, cameraReach: mine.cameraReach } })
        gone.current = true
        router.push(`/room/${classId}`)
      } catch (error) {
        setEntering(false)
        if (!(error instanceof AppError)) throw error
      }
    }
    const look = async (): Promise<void> => {
      clearTimeout(timer)
      try {
        const next = await api('GET', `/api/classes/${classId}/place`, { reply: ClassPlace })
        if (over) return
        take(next)
        await act()
      } catch (error) {
        // A connection that is away for a moment changes nothing: the place in line is kept by the server.
        if (!(error instanceof AppError)) throw error
      }
      clearTimeout(timer)
      if (!over) timer = setTimeout(() => void look(), nextLookMs(newest.current, isVisible(), Math.random()))
    }
    const onVisible = () => {
      if (isVisible()) void look()
    }
    document.addEventListener('visibilitychange', onVisible)
    void look()
    return () => {
      over = true
      clearTimeout(timer)
      document.title = title
      document.removeEventListener('visibilitychange', onVisible)
    }
  }, [classId, router])

  const say = async (method: 'POST' | 'DELETE', joining?: { name: string; cameraReach: string }): Promise<void> => {
    const next = await api(method, `/api/classes/${classId}/booking`, { body: joining, reply: ClassPlace })
    newest.current = next
    setHeard(next)
  }
  return { place, entering, say }
}
