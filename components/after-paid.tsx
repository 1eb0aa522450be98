'use client'
import { useState } from 'react'
import { api } from '@/lib/platform/api.client'
import { formErrors } from './form-errors'
import { afterStrings } from './strings-after'

const words = afterStrings.people

/** One tick: it stands at once, and goes back when the server did not take it. */
export const PaidTick = ({ classId, participantId, name, paid }: { classId: string; participantId: string; name: string; paid: boolean }) => {
  const [ticked, setTicked] = useState(paid)
  const [problem, setProblem] = useState<string | null>(null)
  const tick = async (next: boolean) => {
    setTicked(next)
    setProblem(null)
    try {
      await api('PATCH', `/api/classes/${classId}/participants/${participantId}/paid`, { body: { paid: next } })
    } catch (error) {
      setTicked(!next)
      setProblem(formErrors(error, []).form)
    }
  }
  return (
    <div>
      <label className="inline-flex min-h-11 cursor-pointer items-center gap-2 text-base">
        <input
          type="checkbox"
          className="size-5 accent-accent"
          aria-label={words.paidFor(name)}
          checked={ticked}
          onChange={({ target }) => void tick(target.checked)}
        />
        {words.paid}
      </label>
      {problem ? (
        <p role="alert" className="text-small text-danger">
          {problem}
        </p>
      ) : null}
    </div>
  )
}
