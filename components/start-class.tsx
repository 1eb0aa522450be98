'use client'
import { useState } from 'react'
import { useRouter } from 'next/navigation'
import { Play } from 'lucide-react'
import { z } from 'zod'
import { api } from '@/lib/platform/api.client'
import { formErrors } from './form-errors'
import { words } from './strings'
import { Button, type ButtonLook } from './ui-button'
import { Notice } from './ui-notice'

const Started = z.object({ classId: z.string() })

/** Starts another class of a series, now, and goes in. */
export const StartClass = ({ seriesId, label = words.home.startNow, ...look }: { seriesId: string; label?: string } & ButtonLook) => {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const start = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const { classId } = await api('POST', `/api/series/${seriesId}/classes`, { reply: Started })
      router.push(`/room/${classId}`)
    } catch (error) {
      setBusy(false)
      setProblem(formErrors(error, []).form)
    }
  }
  return (
    <div className="space-y-2">
      <Button {...look} busy={busy} onClick={() => void start()}>
        {busy ? null : <Play aria-hidden />}
        {busy ? words.home.starting : label}
      </Button>
      {problem ? <Notice tone="error" live>{problem}</Notice> : null}
    </div>
  )
}
