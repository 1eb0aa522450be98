'use client'
import { useEffect } from 'react'
import { useRouter } from 'next/navigation'
import { useHeart } from './heart-provider'

const FIRST_MS = 3_000
const LATER_MS = 15_000
const SOON_FOR_MS = 120_000

/** Draws the page again until the figures are final: often at first, rarely later, never while nobody looks. */
export const SummaryRefresh = () => {
  const router = useRouter()
  useEffect(() => {
    const since = performance.now()
    let timer: ReturnType<typeof setTimeout> | undefined
    const later = () => {
      timer = setTimeout(
        () => {
          if (!document.hidden) router.refresh()
          later()
        },
        performance.now() - since < SOON_FOR_MS ? FIRST_MS : LATER_MS,
      )
    }
    later()
    return () => clearTimeout(timer)
  }, [router])
  return null
}

/** What this device still holds goes to the record from here too: the tab may have been closed before it was sent. */
export const SendWhatIsLeft = () => {
  useHeart()
  return null
}
