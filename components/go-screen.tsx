'use client'
import { type SubmitEvent, useState } from 'react'
import { useRouter } from 'next/navigation'
import { CODE_LENGTH, Redeemed } from '@/lib/accounts/device'
import { api } from '@/lib/platform/api.client'
import { keepPart } from '@/lib/room/screen-part.client'
import { CodeField } from './device-panels'
import { SiteShell } from './site-shell'
import { deviceStrings } from './strings-devices'
import { Button } from './ui-button'
import { useAct } from './use-act'
import { useFragment } from './use-fragment'

const words = deviceStrings.go

/** Where another device types its code, or comes by a QR code with the code in the fragment, which no server sees. */
export const GoScreen = () => {
  const router = useRouter()
  const given = useFragment(CODE_LENGTH)
  const [typed, setTyped] = useState<string | null>(null)
  const code = typed ?? given
  const { busy, problem, act } = useAct({ leaves: true, field: 'code' })
  const redeem = async () => {
    const got = await api('POST', '/api/pairings/redeem', { body: { code }, reply: Redeemed })
    if (got.kind === 'remote') return router.replace(`/remote/${got.classId}`)
    keepPart(got.classId, got.part)
    return router.replace(`/room/${got.classId}`)
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!busy) void act(redeem)
  }
  return (
    <SiteShell account={null} width="narrow">
      <form onSubmit={submit} noValidate className="space-y-5">
        <div>
          <h1 className="type-title">{words.title}</h1>
          <p className="mt-2 text-lead text-soft">{words.lead}</p>
        </div>
        <CodeField label={words.code} value={code} onChange={setTyped} error={problem} autoFocus />
        <Button type="submit" size="large" wide busy={busy}>
          {words.connect}
        </Button>
      </form>
    </SiteShell>
  )
}
