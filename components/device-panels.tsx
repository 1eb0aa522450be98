'use client'
import { type SubmitEvent, useState } from 'react'
import Link from 'next/link'
import { CODE_LENGTH } from '@/lib/accounts/device'
import { api } from '@/lib/platform/api.client'
import { usePageHost } from './browser-facts'
import { formErrors } from './form-errors'
import { BigCode, OfferCode } from './pairing-code'
import { QrCode } from './qr-code'
import { deviceStrings as words } from './strings-devices'
import { Button } from './ui-button'
import { Choice } from './ui-choice'
import { TextField } from './ui-field'
import { Notice } from './ui-notice'

const goAddress = () => `${window.location.host}/go`
const goLink = (code: string) => `${window.location.origin}/go#${code}`
const Address = ({ children }: { children: string }) => <p className="text-xl font-bold break-all">{children}</p>

/** On the phone: the laptop becomes the screen. */
export const BiggerScreen = ({ classId }: { classId: string }) => (
  <OfferCode classId={classId} wanted={{ kind: 'screen', part: 'main' }}>
    {(code) => (
      <div className="space-y-3">
        <p className="text-soft">{words.bigger.open}</p>
        <Address>{goAddress()}</Address>
        <p className="text-soft">{words.bigger.type}</p>
        <BigCode code={code} />
        <p>{words.bigger.after}</p>
      </div>
    )}
  </OfferCode>
)

/** On the laptop: the phone wears the strap. */
export const PhoneForHeart = ({ classId }: { classId: string }) => (
  <OfferCode classId={classId} wanted={{ kind: 'screen', part: 'sensor' }}>
    {(code) => (
      <div className="space-y-3">
        <p>{words.sensor.lead}</p>
        <QrCode text={goLink(code)} label={words.sensor.qr} className="mx-auto w-full max-w-64 rounded-control" />
        <p className="text-soft">{words.sensor.orOpen(goAddress())}</p>
        <BigCode code={code} />
        <p className="text-soft">{words.sensor.after}</p>
      </div>
    )}
  </OfferCode>
)

export const PhoneAsRemote = ({ classId }: { classId: string }) => (
  <OfferCode classId={classId} wanted={{ kind: 'remote' }}>
    {(code) => (
      <div className="space-y-3">
        <p>{words.remotePanel.lead}</p>
        <QrCode text={goLink(code)} label={words.remotePanel.qr} className="mx-auto w-full max-w-64 rounded-control" />
        <p className="text-soft">{words.sensor.orOpen(goAddress())}</p>
        <BigCode code={code} />
      </div>
    )}
  </OfferCode>
)

/** The trainer reads the code off the television; what it will show is said before. */
export const ConnectTv = ({ classId, code: given = '' }: { classId: string; code?: string }) => {
  const [code, setCode] = useState(given)
  const [audience, setAudience] = useState<'trainer' | 'class'>('trainer')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [connected, setConnected] = useState(false)
  const host = usePageHost()
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setError(null)
    setConnected(false)
    try {
      await api('POST', `/api/classes/${classId}/tv`, { body: { code, audience } })
      setConnected(true)
      setCode('')
    } catch (cause) {
      const { fields, form } = formErrors(cause, ['code'])
      setError(fields.code ?? form)
    }
    setBusy(false)
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-5">
      {/* Who scanned the television's QR code has its code already. */}
      {given ? null : (
        <div className="space-y-1">
          <p className="text-soft">{words.tvPanel.open}</p>
          <Address>{`${host}/tv`}</Address>
          <p className="text-soft">{words.tvPanel.type}</p>
        </div>
      )}
      <CodeField label={words.tvPanel.code} value={code} onChange={setCode} error={error} />
      <Choice<'trainer' | 'class'>
        legend={words.tvPanel.audience}
        name="tv-audience"
        value={audience}
        onChange={setAudience}
        options={[
          { value: 'trainer', label: words.tvPanel.trainer, hint: words.tvPanel.trainerHint },
          { value: 'class', label: words.tvPanel.class, hint: words.tvPanel.classHint },
        ]}
      />
      <Button type="submit" wide busy={busy}>
        {words.tvPanel.connect}
      </Button>
      {connected ? (
        <Notice tone="done" live>
          {words.tvPanel.connected}
        </Notice>
      ) : null}
      <Link className="link text-small" href="/account" target="_blank">
        {words.tvPanel.manage}
      </Link>
    </form>
  )
}

type CodeFieldProps = { label: string; value: string; onChange: (value: string) => void; error: string | null; autoFocus?: boolean }

export const CodeField = ({ label, value, onChange, error, autoFocus = false }: CodeFieldProps) => (
  <TextField
    label={label}
    error={error}
    name="code"
    autoComplete="off"
    autoCapitalize="characters"
    spellCheck={false}
    // With room for the space that some type in the middle.
    maxLength={CODE_LENGTH + 2}
    value={value}
    autoFocus={autoFocus}
    placeholder={words.example}
    onChange={(event) => onChange(event.target.value.toUpperCase())}
    controlClassName="figures h-16 text-center text-3xl! font-semibold tracking-[0.2em] uppercase"
  />
)
