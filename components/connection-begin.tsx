'use client'
import { useState } from 'react'
import { z } from 'zod'
import { api } from '@/lib/platform/api.client'
import type { ConnectionCard } from '@/lib/sync/connections-page'
import type { Purpose } from '@/lib/sync/provider'
import { brandOf } from './connection-brand'
import { formErrors } from './form-errors'
import { connectionStrings as say } from './strings-connections'
import { Button } from './ui-button'
import { Toggle } from './ui-field'
import { Notice } from './ui-notice'

const Begun = z.object({ url: z.string() })

/** What is asked, what for and who will see it; then on to the provider, where the person says yes or no. `again`: what was agreed to before. */
export const ConnectionBegin = ({ card, again }: { card: ConnectionCard; again?: readonly Purpose[] }) => {
  const { provider, purposes, ownerOnlyDays, rawDays, pastDays } = card
  const name = say.name(provider)
  const brand = brandOf(provider)
  const [wanted, setWanted] = useState<readonly Purpose[]>(again && again.length > 0 ? again : purposes.length === 1 ? purposes : [])
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const begin = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const { url } = await api('POST', '/api/connections', { body: { provider, purposes: wanted }, reply: Begun })
      globalThis.location.assign(url)
    } catch (error) {
      setBusy(false)
      setProblem(formErrors(error, []).form)
    }
  }
  const before = pastDays !== null ? say.before.some(pastDays) : ownerOnlyDays !== null ? say.before.ownerOnly(ownerOnlyDays) : say.before.none(name)
  return (
    <div className="mt-4 space-y-4">
      {again ? null : (
        <>
          {purposes.map((purpose) =>
            purposes.length === 1 ? (
              <p key={purpose}>
                <span className="block font-semibold">{say.purpose[purpose](name)}</span>
                <span className="text-small text-soft">{say.read[purpose]}</span>
              </p>
            ) : (
              <Toggle
                key={purpose}
                label={say.purpose[purpose](name)}
                hint={say.read[purpose]}
                checked={wanted.includes(purpose)}
                onChange={({ target }) => setWanted(target.checked ? [...wanted, purpose] : wanted.filter((one) => one !== purpose))}
              />
            ),
          )}
          <ul className="list-disc space-y-1 pl-5 text-small text-soft">
            <li>{ownerOnlyDays === null ? say.reach.shareable : say.reach.ownerOnly(name, ownerOnlyDays)}</li>
            <li>{before}</li>
            <li>{say.raw(rawDays)}</li>
          </ul>
        </>
      )}
      {problem ? <Notice tone="error" live>{problem}</Notice> : null}
      <Button busy={busy} disabled={wanted.length === 0} className={brand?.button} onClick={() => void begin()}>
        {brand?.connect ?? (again ? say.connectAgain(name) : say.connect(name))}
      </Button>
    </div>
  )
}
