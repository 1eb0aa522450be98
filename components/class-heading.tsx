import type { ReactNode } from 'react'
import { LocalTime } from './local-time'
import { words } from './strings'

const say = words.classLink

type ClassHeadingProps = {
  title: string
  hostName: string
  kind: keyof typeof words.kind
  durationMin: number
  timezone: string
  /** Null: no class is named. */
  startsAt: number | null
  drawnAt: number
  pill?: ReactNode
}

/** What, with whom, when: the first thing that a link must answer. */
export const ClassHeading = ({ title, hostName, kind, durationMin, timezone, startsAt, drawnAt, pill }: ClassHeadingProps) => (
  <header className="mb-5 sm:mb-7">
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-base text-soft">
      {pill}
      {startsAt === null ? null : <LocalTime at={startsAt} drawnAt={drawnAt} timezone={timezone} />}
    </div>
    <h1 className="type-title mt-2">{title}</h1>
    <p className="mt-1 text-lead text-soft">
      {say.with(hostName)}
      <span aria-hidden> · </span>
      {words.kind[kind]}
      <span aria-hidden> · </span>
      {say.length(durationMin)}
    </p>
  </header>
)
