'use client'
import { useState } from 'react'
import { api } from '@/lib/platform/api.client'
import type { ConnectionCard as Card } from '@/lib/sync/connections-page'
import { ConnectionBegin, ConnectionMore } from './connection-begin'
import { brandOf } from './connection-brand'
import { ConnectionEnd } from './connection-end'
import { ConnectionPast } from './connection-past'
import { ConnectionShared } from './connection-shared'
import { formErrors } from './form-errors'
import { LocalTime } from './local-time'
import { connectionStrings as say } from './strings-connections'
import { Button } from './ui-button'
import { Notice } from './ui-notice'
import { Panel, Pill } from './ui-panel'

type Props = { card: Card; onChange: () => Promise<void>; drawnAt: number; timezone: string }

/** One provider: what it is asked for, who sees it, how it stands, and how to end it. */
export const ConnectionCard = ({ card, onChange, drawnAt, timezone }: Props) => {
  const { provider, setUp, connection, certificate } = card
  const name = say.name(provider)
  const live = connection?.status === 'active' || connection?.status === 'needs_reconnect'
  const state = !setUp && !live ? 'off' : (connection?.status ?? 'none')
  return (
    <Panel as="li" label={name}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="type-heading">{name}</h2>
        <Pill tone={state === 'active' ? 'live' : state === 'needs_reconnect' ? 'error' : 'plain'}>{say.state[state]}</Pill>
      </div>
      {state === 'off' ? <p className="mt-3 text-soft">{say.off(name)}</p> : null}
      {state === 'ending' ? <Notice className="mt-4">{say.endingText(name)}</Notice> : null}
      {live ? <Connected card={card} onChange={onChange} drawnAt={drawnAt} timezone={timezone} /> : null}
      {/* What stayed when a connection ended is shared as before. */}
      {!live && connection && connection.activities > 0 ? (
        <div className="mt-4">
          <ConnectionShared {...{ card, drawnAt, timezone }} />
        </div>
      ) : null}
      {!live && setUp ? <ConnectionBegin card={card} /> : null}
      {!live && certificate ? (
        <p className="mt-4 text-small text-soft">
          {certificate.completedAt === null ? say.certificateOpen : say.certificate(certificate.certificateId, certificate.counts)}{' '}
          {certificate.completedAt === null ? null : <LocalTime at={certificate.completedAt} drawnAt={drawnAt} timezone={timezone} />}
        </p>
      ) : null}
    </Panel>
  )
}

const Connected = ({ card, onChange, drawnAt, timezone }: Props) => {
  const { provider, connection, ownerOnlyDays } = card
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<string | null>(null)
  if (!connection) return null
  const name = say.name(provider)
  const look = async () => {
    setBusy(true)
    try {
      await api('POST', `/api/connections/${connection.connectionId}/read`)
      setSaid(say.looking)
      await onChange()
    } catch (error) {
      setSaid(formErrors(error, []).form)
    }
    setBusy(false)
  }
  const brings = connection.purposes.includes('import')
  const hasSome = brings || connection.activities > 0
  const looked = connection.lastSyncAt === null ? say.never : <LocalTime at={connection.lastSyncAt} drawnAt={drawnAt} timezone={timezone} />
  const facts = [
    [say.since, <LocalTime key="since" at={connection.connectedAt} drawnAt={drawnAt} timezone={timezone} />],
    ...(brings ? ([[say.looked, looked]] as const) : []),
    ...(hasSome ? ([[say.here, say.count(connection.activities)]] as const) : []),
    [say.may, connection.purposes.map((purpose) => say.may_[purpose]).join(', ')],
  ] as const
  return (
    <div className="mt-4 space-y-5">
      {connection.problem ? <Notice tone={connection.status === 'needs_reconnect' ? 'error' : 'warning'}>{say.problem[connection.problem](name)}</Notice> : null}
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt className="text-small text-soft">{label}</dt>
            <dd className="font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      {hasSome ? (
        <>
          <ConnectionShared {...{ card, drawnAt, timezone }} />
          <p className="text-small text-soft">{ownerOnlyDays === null ? say.reach.shareable : say.reach.ownerOnly(name, ownerOnlyDays)}</p>
        </>
      ) : null}
      {brings ? <ConnectionPast card={card} onChange={onChange} /> : null}
      <p role="status" className="text-base empty:hidden">
        {said ?? ''}
      </p>
      {connection.status === 'needs_reconnect' ? <ConnectionBegin card={card} again={connection.purposes} /> : null}
      {connection.status === 'active' ? <ConnectionMore card={card} has={connection.purposes} /> : null}
      <div className="flex flex-wrap gap-2">
        {connection.status === 'active' && (brings || connection.problem !== null) ? (
          <Button variant="secondary" busy={busy} onClick={() => void look()}>
            {say.look}
          </Button>
        ) : null}
        <ConnectionEnd card={card} connection={connection} onChange={onChange} />
      </div>
      {brandOf(provider) ? <p className="text-small font-semibold text-soft">{brandOf(provider)?.credit}</p> : null}
    </div>
  )
}
