'use client'
import { useEffect, useState, type ReactNode } from 'react'
import { EACH_TO_EACH_LIMIT } from '@/lib/room/topology'
import type { RoomView } from '@/lib/room/room-view'
import { ownReach } from './room-self'
import { deviceStrings } from './strings-devices'
import { firstName, roomStrings } from './strings-room'
import { videoStrings } from './strings-video'
import { ButtonLink } from './ui-button'
import { Notice } from './ui-notice'

const words = roomStrings.member
/** A link that comes back within this is nobody's business. */
const OFFLINE_SAID_MS = 3_000
const HOST_GONE_SAID_MS = 5_000
const HOST_GONE_LONG_MS = 120_000
const MUTED_SAID_MS = 10_000

type Line = {
  readonly key: string
  readonly title: string
  readonly more?: string
  readonly actions?: ReactNode
  readonly warning?: boolean
}

/**
 * What a member should know now: the one thing that matters most, and the summary as soon as there is one. `saving`: a heart rate is
 * being kept.
 */
export function memberLines(
  view: RoomView,
  { saving, hostSeen, mutedNow }: { saving: boolean; hostSeen: boolean; mutedNow: boolean },
): Line[] {
  const trainer = firstName(view.room.hostName)
  const lines: Line[] = []
  const problem = view.video?.local.cameraProblem
  if (view.offlineMs >= OFFLINE_SAID_MS)
    lines.push({ key: 'offline', title: words.offline, more: saving ? words.offlineMore : undefined, warning: true })
  else if (hostSeen && view.hostGoneMs !== null && view.hostGoneMs >= HOST_GONE_LONG_MS)
    lines.push({ key: 'gone', title: words.trainerGone(trainer), more: words.trainerGoneMore })
  else if (hostSeen && view.hostGoneMs !== null && view.hostGoneMs >= HOST_GONE_SAID_MS)
    lines.push({
      key: 'dropped',
      title: words.trainerDropped(trainer),
      more: saving ? words.trainerDroppedMore : words.trainerDroppedMoreWithout,
    })
  else if (mutedNow) lines.push({ key: 'muted', title: words.mutedByHost(trainer) })
  else if (view.spotlightId === view.seat.participantId) lines.push({ key: 'spotlight', title: shownToAll(view) ? deviceStrings.spotlight.youForAll : deviceStrings.spotlight.you })
  else if (problem) lines.push({ key: problem, title: words.cameraProblem[problem](trainer) })
  else if (view.video?.local.cameraHeldBack) lines.push({ key: 'held', title: words.heldBack(view.video.cameraLimit) })
  else if (view.video?.membersMeet === 'too_many')
    lines.push({ key: 'many', title: videoStrings.meet.tooManyMember(trainer, EACH_TO_EACH_LIMIT) })
  if (view.phase.phase === 'workout-ended')
    lines.push({
      key: 'ended',
      title: words.summaryReady,
      more: words.summaryReadyMore,
      actions: <ButtonLink href={`/summaries/${view.room.classId}`}>{roomStrings.seeSummary}</ButtonLink>,
    })
  return lines
}

const shownToAll = (view: RoomView): boolean =>
  view.cameraOn && view.video?.membersMeet === 'yes' && ownReach(view) === 'everyone'

export const MemberNotices = ({ view, saving, hostSeen }: { view: RoomView; saving: boolean; hostSeen: boolean }) => {
  const mutedNow = useRecently(view.mutedByHost, MUTED_SAID_MS)
  const lines = memberLines(view, { saving, hostSeen, mutedNow: mutedNow && !view.talking })
  return (
    <div role="status" className="shrink-0 space-y-2 empty:hidden [&:not(:empty)]:px-2 [&:not(:empty)]:pt-2">
      {lines.map((line) => (
        <Notice key={line.key} tone={line.warning ? 'warning' : 'info'} title={line.title} actions={line.actions} className="py-2.5!">
          {line.more}
        </Notice>
      ))}
    </div>
  )
}

/** Whether a counter rose within the last `ms`. */
function useRecently(count: number, ms: number): boolean {
  const [seen, setSeen] = useState(count)
  useEffect(() => {
    if (seen === count) return
    const timer = setTimeout(() => setSeen(count), ms)
    return () => clearTimeout(timer)
  }, [seen, count, ms])
  return seen !== count
}
