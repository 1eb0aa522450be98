'use client'
import { MonitorUp } from 'lucide-react'
import type { RoomSession, RoomView } from '@/lib/room/room-view'
import { videoStrings } from './strings-video'
import { Button } from './ui-button'

const words = videoStrings.share

/**
 * Over the wall while it may be seen by the class: what is hidden, and the way back. A shared tab cannot be this one, so that there the
 * numbers may be asked back.
 */
export const ShareBanner = ({ view, session }: { view: RoomView; session: Pick<RoomSession, 'setShare' | 'showNumbersWhileSharing'> }) => {
  if (view.sharing === 'no') return null
  const mayShow = view.sharing === 'masked' && view.video?.local.screen?.surface === 'browser'
  return (
    <section
      role="status"
      data-sharing={view.sharing}
      className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 bg-accent px-4 py-2 text-on-accent"
    >
      <MonitorUp aria-hidden className="size-6 shrink-0" />
      <p className="min-w-0 grow basis-64 text-base">
        <span className="font-semibold">{words.title}</span> {view.sharing === 'masked' ? words.masked : words.open}
      </p>
      <span className="flex flex-wrap gap-2">
        {mayShow ? (
          <Button variant="secondary" onClick={() => session.showNumbersWhileSharing()}>
            {words.showNumbers}
          </Button>
        ) : null}
        <Button variant="secondary" onClick={() => void session.setShare(false)}>
          {words.stop}
        </Button>
      </span>
    </section>
  )
}
