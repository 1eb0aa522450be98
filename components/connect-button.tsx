'use client'
import { z } from 'zod'
import { api } from '@/lib/platform/api.client'
import type { ProviderName, Purpose } from '@/lib/sync/provider'
import { brandOf } from './connection-brand'
import { connectionStrings as say } from './strings-connections'
import { Button } from './ui-button'
import { Notice } from './ui-notice'
import { useAct } from './use-act'

const Begun = z.object({ url: z.string() })

type Props = { provider: ProviderName; purposes: readonly Purpose[]; again?: boolean; /** Where to come back to; without it, the page of connections. */ returnTo?: string }

/** Leads to where the person says yes or no, in the words and colours that the provider prescribes. */
export const ConnectButton = ({ provider, purposes, again = false, returnTo }: Props) => {
  const name = say.name(provider)
  const brand = brandOf(provider)
  const { busy, problem, act } = useAct({ leaves: true })
  const begin = () =>
    act(async () => {
      const { url } = await api('POST', '/api/connections', { body: { provider, purposes, returnTo }, reply: Begun })
      globalThis.location.assign(url)
    })
  return (
    <>
      {problem ? <Notice tone="error" live>{problem}</Notice> : null}
      <Button busy={busy} disabled={purposes.length === 0} className={brand?.button} onClick={() => void begin()}>
        {brand?.connect ?? (again ? say.connectAgain(name) : say.connect(name))}
      </Button>
    </>
  )
}
