'use client'
import { useEffect } from 'react'
import type { RoomSession, RoomView, Tile } from '@/lib/room/room-view'
import { ExampleFigure, type Pose } from './example-figure'
import { rehearsalStrings as words } from './strings-rehearsal'
import { Button } from './ui-button'
import { Notice } from './ui-notice'

/** In the address of a room: simulated members at once. */
const REHEARSE = 'rehearse'
export const rehearsalPath = (classId: string): string => `/room/${classId}?${REHEARSE}`

const FIGURES: readonly Pose[] = ['lunge', 'reach', 'squat', 'knee', 'punch', 'bend', 'plank']

/** Stands where a simulated member's picture would: drawn, hatched, and named for what it is. */
export const SimulatedPicture = ({ tile }: { tile: Tile }) => (
  <div className="relative size-full bg-surface">
    <ExampleFigure pose={FIGURES[tile.seat % FIGURES.length] ?? 'reach'} />
    <p className="hatched absolute inset-x-0 bottom-0 px-[0.5em] py-[0.15em] text-right text-[clamp(0.8125rem,7cqh,1.25rem)] font-semibold [@container_(max-height:150px)]:sr-only">
      {words.badge}
    </p>
  </div>
)

/** Says over the wall that nobody on it is real, and starts what the address asked for. */
export const RehearsalBanner = ({ view, session }: { view: RoomView; session: RoomSession }) => {
  useEffect(() => {
    if (new URLSearchParams(window.location.search).has(REHEARSE)) session.rehearse(true)
  }, [session])
  if (!view.rehearsing) return null
  return (
    <div className="shrink-0 px-2 pt-2">
      <Notice
        live
        slim
        tone="warning"
        actions={
          <Button variant="quiet" onClick={() => session.rehearse(false)}>
            {words.stop}
          </Button>
        }
      >
        {words.banner}
      </Notice>
    </div>
  )
}
