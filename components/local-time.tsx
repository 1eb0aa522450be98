'use client'
import { useEffect, useState } from 'react'
import { now } from '@/lib/platform/clock'
import { useReaderTimezone } from './browser-facts'
import { whenWords, zoneWords } from './time-words'

type LocalTimeProps = {
  at: number
  /** The server's time when it drew the page, so that the first picture in the browser is the same. */
  drawnAt: number
  /** The series' own zone: used, and named, until the reader's is known. */
  timezone: string
}

/** An instant in the reader's zone and in words, kept true while the page is open. */
export const LocalTime = ({ at, drawnAt, timezone }: LocalTimeProps) => {
  const reader = useReaderTimezone()
  const [current, setCurrent] = useState(drawnAt)
  useEffect(() => {
    const timer = setInterval(() => setCurrent(now()), 20_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <time dateTime={new Date(at).toISOString()}>
      {reader ? whenWords(at, current, reader) : `${whenWords(at, current, timezone)} (${zoneWords(timezone)})`}
    </time>
  )
}
