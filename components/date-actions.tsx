'use client'
import { useState } from 'react'
import { useRouter } from 'next/navigation'
import { CalendarX2, Pencil, Undo2 } from 'lucide-react'
import { api } from '@/lib/platform/api.client'
import { CancelDate } from './cancel-date'
import { ChangeDate, type DateToChange } from './change-date'
import { formErrors } from './form-errors'
import { scheduleStrings as say } from './strings-schedule'
import { IconButton } from './ui-button'
import { Notice } from './ui-notice'

/** What a trainer does with a date to come. `when`: the date in words, for the names of the buttons. */
export const DateActions = ({ date, when, cancelled }: { date: DateToChange; when: string; cancelled: boolean }) => {
  const router = useRouter()
  const [open, setOpen] = useState<'change' | 'cancel' | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const named = (action: string) => say.nameOf(action, date.title, when)
  const done = () => {
    setOpen(null)
    router.refresh()
  }
  const restore = async () => {
    setProblem(null)
    try {
      await api('POST', `/api/classes/${date.classId}/restore`)
      router.refresh()
    } catch (error) {
      setProblem(formErrors(error, []).form)
    }
  }
  return (
    <>
      {cancelled ? (
        <IconButton label={named(say.restore)} icon={<Undo2 aria-hidden />} onClick={() => void restore()} />
      ) : (
        <>
          <IconButton label={named(say.edit)} icon={<Pencil aria-hidden />} onClick={() => setOpen('change')} />
          <IconButton label={named(say.cancel)} icon={<CalendarX2 aria-hidden />} onClick={() => setOpen('cancel')} />
        </>
      )}
      {problem ? <Notice tone="error" live>{problem}</Notice> : null}
      {open === 'change' ? <ChangeDate date={date} onClose={() => setOpen(null)} onDone={done} /> : null}
      {open === 'cancel' ? <CancelDate classId={date.classId} when={when} onClose={() => setOpen(null)} onDone={done} /> : null}
    </>
  )
}
