'use client'
import { useEffect } from 'react'
import { useRouter } from 'next/navigation'

/** Asks the server again while somebody waits at this page and looks at it, so that it lets them in by itself. */
export const PageWatch = ({ everyMs = 5_000 }: { everyMs?: number }) => {
  const router = useRouter()
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') router.refresh()
    }
    const timer = setInterval(look, everyMs)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [router, everyMs])
  return null
}
