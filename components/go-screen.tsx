'use client'
import { type SubmitEvent, useState } from 'react'
import { useRouter } from 'next/navigation'
import { CODE_LENGTH, Redeemed } from '@/lib/accounts/device'
import { api } from '@/lib/platform/api.client'
import { keepPart } from '@/lib/room/screen-part.client'
import { CodeField } from './device-panels'
import { formErrors } from './form-errors'
import { SiteShell } from './site-shell'
import { deviceStrings } from './strings-devices'
import { Button } from './ui-button'
import { useFragment } from './use-fragment'

const words = deviceStrings.go

/** Where another device types its code, or comes by a QR code with the code in the fragment, which no server sees. */
export const GoScreen = () => {
  const router = useRouter()
  const given = useFragment(CODE_LENGTH)
  const [typed, setTyped] = useState<string | null>(null)
  const code = typed ?? given
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setError(null)
    try {
      const got = await api('POST', '/api/pairings/redeem', { body: { code }, reply: Redeemed })
      if (got.kind === 'remote') return router.replace(`/remote/${got.classId}`)
      keepPart(got.classId, got.part)
      return router.replace(`/room/${got.classId}`)
    } catch (cause) {
      const { fields, form } = formErrors(cause, ['code'])
      setError(fields.code ?? form)
      setBusy(false)
    }
  }
  return (
    <SiteShell account={null} width="narrow">
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-5">
        <div>
          <h1 className="type-title">{words.title}</h1>
          <p className="mt-2 text-lead text-soft">{words.lead}</p>
        </div>
        <CodeField label={words.code} value={code} onChange={setTyped} error={error} autoFocus />
        <Button type="submit" size="large" wide busy={busy}>
          {words.connect}
        </Button>
      </form>
    </SiteShell>
  )
}
