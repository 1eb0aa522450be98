'use client'
import { useState } from 'react'
import { EACH_TO_EACH_LIMIT } from '@/lib/room/topology'
import type { RoomView } from '@/lib/room/room-view'
import { roomStrings } from './strings-room'
import { videoStrings } from './strings-video'
import { Button } from './ui-button'
import { Notice } from './ui-notice'

/** What the trainer should know about this screen, one line each, over the wall and never over a control. */
export const WallNotes = ({ view }: { view: RoomView }) => {
  const [read, setRead] = useState<string | null>(null)
  const local = view.video?.local
  const problems = [
    view.offlineMs >= 3_000 ? roomStrings.wall.offline : null,
    local?.cameraProblem ? roomStrings.wall.cameraProblem[local.cameraProblem] : null,
    local?.microphoneProblem ? roomStrings.wall.microphoneProblem[local.microphoneProblem] : null,
    local?.screenProblem ? videoStrings.share[local.screenProblem] : null,
    view.video?.membersMeet === 'too_many' ? videoStrings.meet.tooManyHost(EACH_TO_EACH_LIMIT) : null,
    view.phase.phase === 'workout-ended' ? roomStrings.wall.workoutEnded : null,
  ].filter((text) => text !== null)
  const text = problems.join(' ')
  if (!text || text === read) return null
  return (
    <div className="shrink-0 px-2 pt-2">
      <Notice
        live
        slim
        actions={
          <Button variant="quiet" onClick={() => setRead(text)}>
            {roomStrings.wall.understood}
          </Button>
        }
      >
        {text}
      </Notice>
    </div>
  )
}
