'use client'
import { Users } from 'lucide-react'
import { rehearsalPath } from './rehearsal'
import { StartClass } from './start-class'
import { rehearsalStrings as words } from './strings-rehearsal'
import { ButtonLink } from './ui-button'
import { Panel } from './ui-panel'

type RehearseFirstProps = {
  /** The class that runs; without one, a class of this series is started, or of a new one. */
  classId: string | null
  seriesId: string | null
}

/** For a trainer who has held no class yet: a full wall in one tap. */
export const RehearseFirst = ({ classId, seriesId }: RehearseFirstProps) => (
  <Panel className="mb-8 flex flex-wrap items-center justify-between gap-4" label={words.title}>
    <div className="min-w-0">
      <h2 className="type-heading">{words.home}</h2>
      <p className="mt-1 text-soft">{words.homeText}</p>
    </div>
    {classId === null ? (
      <StartClass rehearse seriesId={seriesId} label={words.start} variant="secondary" size="large" />
    ) : (
      <ButtonLink href={rehearsalPath(classId)} variant="secondary" size="large">
        <Users aria-hidden />
        {words.start}
      </ButtonLink>
    )}
  </Panel>
)
