'use client'
import { useRouter } from 'next/navigation'
import { DoorOpen } from 'lucide-react'
import type { ClassLine } from '@/lib/classes/booking'
import { api } from '@/lib/platform/api.client'
import { PageWatch } from './page-watch'
import { PlacesList } from './places-list'
import { doorStrings } from './strings-door'
import { Button } from './ui-button'
import { Notice } from './ui-notice'
import { Panel } from './ui-panel'
import { useAct } from './use-act'

const say = doorStrings.line

/** Who comes and who waits, on the trainer's own page of the link; kept true while it is open. */
export const HostPlaces = ({ classId, line }: { classId: string; line: ClassLine }) => {
  const router = useRouter()
  return (
    <Panel className="mb-8" label={say.title}>
      <PageWatch everyMs={10_000} />
      <h2 className="mb-2 type-heading">{say.title}</h2>
      <PlacesList classId={classId} line={line} onChange={() => router.refresh()} />
      {line.booked.length + line.waiting.length === 0 ? <p className="mt-3 text-small text-soft">{say.none}</p> : null}
    </Panel>
  )
}

/** Opens the room of a class to come, and goes in. */
export const OpenRoom = ({ classId }: { classId: string }) => {
  const router = useRouter()
  const { busy, problem, act } = useAct({ leaves: true })
  const open = () =>
    act(async () => {
      await api('POST', `/api/classes/${classId}/open`)
      router.push(`/room/${classId}`)
    })
  return (
    <div className="space-y-2">
      <Button size="large" busy={busy} onClick={() => void open()}>
        {busy ? null : <DoorOpen aria-hidden />}
        {busy ? say.opening : say.open}
      </Button>
      {problem ? (
        <Notice tone="error" live>
          {problem}
        </Notice>
      ) : null}
    </div>
  )
}
