'use client'
import { useCallback, useState } from 'react'

/** By how much a phone's keyboard covers the lower end of an element's parent, in px. Where the page itself becomes lower: 0. */
export function useCovered(): readonly [(element: HTMLElement | null) => (() => void) | undefined, number] {
  const [covered, setCovered] = useState(0)
  const ref = useCallback((element: HTMLElement | null) => {
    const [shown, parent] = [window.visualViewport, element?.parentElement]
    if (!shown || !parent) return undefined
    const measure = () => {
      // A page that is zoomed in shows less of itself too; that is no keyboard.
      const hidden = shown.scale > 1.01 ? 0 : parent.getBoundingClientRect().bottom - (shown.offsetTop + shown.height)
      setCovered(Math.max(0, Math.round(hidden)))
    }
    measure()
    shown.addEventListener('resize', measure)
    shown.addEventListener('scroll', measure)
    return () => {
      shown.removeEventListener('resize', measure)
      shown.removeEventListener('scroll', measure)
    }
  }, [])
  return [ref, covered]
}
