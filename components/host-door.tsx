import { DoorOpen } from 'lucide-react'
import { OpenRoom } from './host-places'
import { StartClass } from './start-class'
import { words } from './strings'
import { ButtonLink } from './ui-button'

/** How long before its start a class to come is what the trainer means by "the room". */
const NEAR_MS = 2 * 60 * 60_000

type HostDoorProps = {
  seriesId: string
  runningClassId: string | null
  next: { classId: string; startsAt: number } | null
  drawnAt: number
}

/** The trainer at their own link: in, the next class's room, or a class now. */
export const HostDoor = ({ seriesId, runningClassId, next, drawnAt }: HostDoorProps) => (
  <div className="mb-8 flex flex-wrap items-center gap-x-5 gap-y-3">
    {runningClassId !== null ? (
      <ButtonLink href={`/room/${runningClassId}`} size="large">
        <DoorOpen aria-hidden />
        {words.home.enter}
      </ButtonLink>
    ) : next && next.startsAt - drawnAt < NEAR_MS ? (
      <OpenRoom classId={next.classId} />
    ) : (
      <StartClass seriesId={seriesId} size="large" />
    )}
    <p className="text-soft">{words.classLink.host.asMember}</p>
  </div>
)
