'use client'
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { ArrowDown } from 'lucide-react'
import { talkStrings as words } from './strings-talk'
import { Button } from './ui-button'

const NEAR_END_PX = 48

/**
 * A list that grows at its end. The newest is in sight unless somebody scrolled up to read; then it stays, and says that there is more
 * below. `last` names the newest; `own`: it was typed here, and is always shown. Fills its positioned parent.
 */
export const MessageLog = ({ last, own, empty, children }: { last: string | undefined; own: boolean; empty: ReactNode; children: ReactNode }) => {
  const list = useRef<HTMLDivElement>(null)
  const stuck = useRef(true)
  /** Scrolled up; what came since then is behind. */
  const [away, setAway] = useState(false)
  const [read, setRead] = useState(last)
  if (!away && read !== last) setRead(last)
  const behind = away && !own && read !== last
  const toEnd = () => {
    stuck.current = true
    setAway(false)
    list.current?.scrollTo({ top: list.current.scrollHeight })
  }
  useLayoutEffect(() => {
    if (own) stuck.current = true
    if (stuck.current) list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [last, own])
  // A keyboard that opens makes the list lower; a line that fails makes it longer.
  useEffect(() => {
    const element = list.current
    if (!element) return
    const observer = new ResizeObserver(() => (stuck.current ? element.scrollTo({ top: element.scrollHeight }) : undefined))
    observer.observe(element)
    for (const child of element.children) observer.observe(child)
    return () => observer.disconnect()
  }, [])
  const look = () => {
    const element = list.current
    if (!element) return
    stuck.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX
    setAway(!stuck.current)
  }
  return (
    <>
      <div
        ref={list}
        role="log"
        aria-label={words.log}
        // It scrolls, so the keyboard must reach it.
        tabIndex={0}
        onScroll={look}
        className="absolute inset-0 flex flex-col overflow-y-auto overscroll-contain"
      >
        {last === undefined ? <div className="m-auto px-4 text-center text-base text-soft">{empty}</div> : null}
        <ol className="mt-auto space-y-3 py-1">{children}</ol>
      </div>
      {behind ? (
        <Button className="absolute bottom-2 left-1/2 -translate-x-1/2 shadow-lg" onClick={toEnd}>
          <ArrowDown aria-hidden />
          {words.toNewest}
        </Button>
      ) : null}
    </>
  )
}
