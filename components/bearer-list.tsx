'use client'
import { useState } from 'react'
import { useRouter } from 'next/navigation'
import { api } from '@/lib/platform/api.client'
import { formErrors } from './form-errors'
import { LocalTime } from './local-time'
import { words } from './strings'
import { Button } from './ui-button'
import { Notice } from './ui-notice'

const say = words.account.access

type BearerRow = { bearerId: string; scope: string; label: string; createdAt: number; lastUsedAt: number | null }

/** Everything that still opens something of this person's, each with a way to end it. */
export const BearerList = ({ bearers, drawnAt, timezone }: { bearers: readonly BearerRow[]; drawnAt: number; timezone: string }) => {
  const router = useRouter()
  const [busy, setBusy] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const revoke = async (bearerId: string) => {
    setBusy(bearerId)
    setProblem(null)
    try {
      await api('DELETE', `/api/bearers/${bearerId}`)
      router.refresh()
    } catch (error) {
      setProblem(formErrors(error, []).form)
    }
    setBusy(null)
  }
  if (bearers.length === 0) return <p>{say.none}</p>
  return (
    <>
      {problem ? <Notice tone="error" live>{problem}</Notice> : null}
      <ul className="divide-y divide-line">
        {bearers.map(({ bearerId, scope, label, lastUsedAt }) => (
          <li key={bearerId} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-3">
            <div className="min-w-0">
              <p className="font-medium">{label}</p>
              <p className="text-small text-soft">
                {say.scope(scope)} · {lastUsedAt === null ? say.never : say.used} {lastUsedAt === null ? null : <LocalTime at={lastUsedAt} drawnAt={drawnAt} timezone={timezone} />}
              </p>
            </div>
            <Button variant="secondary" busy={busy === bearerId} onClick={() => void revoke(bearerId)} aria-label={say.revokeNamed(label)}>
              {say.revoke}
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}
