'use client'
import { useRouter } from 'next/navigation'
import { Play, Users } from 'lucide-react'
import { z } from 'zod'
import { api } from '@/lib/platform/api.client'
import { rehearsalPath } from './rehearsal'
import { words } from './strings'
import { rehearsalStrings } from './strings-rehearsal'
import { Button, type ButtonLook } from './ui-button'
import { Notice } from './ui-notice'
import { useAct } from './use-act'

const Started = z.object({ classId: z.string() })

type StartClassProps = {
  /** `null`: of a new series, which is called a rehearsal. */
  seriesId: string | null
  label?: string
  /** With simulated members on the wall. */
  rehearse?: boolean
} & ButtonLook

/** Starts another class of a series, now, and goes in. */
export const StartClass = ({ seriesId, label = words.home.startNow, rehearse = false, ...look }: StartClassProps) => {
  const router = useRouter()
  const { busy, problem, act } = useAct({ leaves: true })
  const start = () =>
    act(async () => {
      const { classId } =
        seriesId === null
          ? await api('POST', '/api/series', { body: { title: rehearsalStrings.title, timezone: Intl.DateTimeFormat().resolvedOptions().timeZone }, reply: Started })
          : await api('POST', `/api/series/${seriesId}/classes`, { reply: Started })
      router.push(rehearse ? rehearsalPath(classId) : `/room/${classId}`)
    })
  return (
    <div className="space-y-2">
      <Button {...look} busy={busy} onClick={() => void start()}>
        {busy ? null : rehearse ? <Users aria-hidden /> : <Play aria-hidden />}
        {busy ? words.home.starting : label}
      </Button>
      {problem ? <Notice tone="error" live>{problem}</Notice> : null}
    </div>
  )
}
