'use client'
import Link from 'next/link'
import type { ConnectionCard } from '@/lib/sync/connections-page'
import { LocalTime } from './local-time'
import { connectionStrings } from './strings-connections'

const say = connectionStrings.shared

/** With which trainers what came from a source is shared, and where to take it back. */
export const ConnectionShared = ({ card: { provider, sharedWith }, drawnAt, timezone }: { card: ConnectionCard; drawnAt: number; timezone: string }) => (
  <div data-shared={sharedWith?.length ?? 'never'}>
    <h3 className="text-small text-soft">{say.title}</h3>
    {sharedWith === null ? <p className="font-medium">{say.never(connectionStrings.name(provider))}</p> : null}
    {sharedWith?.length === 0 ? <p className="font-medium">{say.nobody}</p> : null}
    {sharedWith && sharedWith.length > 0 ? (
      <>
        <ul className="font-medium">
          {sharedWith.map(({ trainerId, name, since }) => (
            <li key={trainerId}>
              {name}, {say.since} <LocalTime {...{ at: since, drawnAt, timezone }} />
            </li>
          ))}
        </ul>
        <Link href="/history#sharing" className="link inline-flex min-h-11 items-center">
          {say.change}
        </Link>
      </>
    ) : null}
  </div>
)
