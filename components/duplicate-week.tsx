'use client'
import { useState } from 'react'
import { useRouter } from 'next/navigation'
import { Copy } from 'lucide-react'
import { z } from 'zod'
import { api } from '@/lib/platform/api.client'
import { formErrors } from './form-errors'
import { scheduleStrings as say } from './strings-schedule'
import { Button } from './ui-button'

const Duplicated = z.object({ made: z.number(), existed: z.number() })

/** The single classes of the last seven days once more, a week later. */
export const DuplicateWeek = () => {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState('')
  const duplicate = async () => {
    setBusy(true)
    try {
      const { made, existed } = await api('POST', '/api/timetable/duplicate-last-week', { reply: Duplicated })
      setSaid(say.duplicated(made, existed))
      router.refresh()
    } catch (error) {
      setSaid(formErrors(error, []).form ?? '')
    }
    setBusy(false)
  }
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <Button variant="quiet" busy={busy} onClick={() => void duplicate()} className="-ml-4">
        {busy ? null : <Copy aria-hidden />}
        {say.duplicate}
      </Button>
      <p role="status" className="text-small text-soft">
        {said}
      </p>
    </div>
  )
}
