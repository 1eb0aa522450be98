import { DoorOpen } from 'lucide-react'
import { StartClass } from './start-class'
import { words } from './strings'
import { ButtonLink } from './ui-button'

/** The trainer at their own link: in, or a class now. */
export const HostDoor = ({ seriesId, runningClassId }: { seriesId: string; runningClassId: string | null }) => (
  <div className="mb-8 flex flex-wrap items-center gap-x-5 gap-y-3">
    {runningClassId === null ? (
      <StartClass seriesId={seriesId} size="large" />
    ) : (
      <ButtonLink href={`/room/${runningClassId}`} size="large">
        <DoorOpen aria-hidden />
        {words.home.enter}
      </ButtonLink>
    )}
    <p className="text-soft">{words.classLink.host.asMember}</p>
  </div>
)
