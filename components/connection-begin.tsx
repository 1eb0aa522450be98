'use client'
import { useState } from 'react'
import type { ConnectionCard } from '@/lib/sync/connections-page'
import type { Purpose } from '@/lib/sync/provider'
import { ConnectButton } from './connect-button'
import { connectionStrings as say } from './strings-connections'
import { Toggle } from './ui-field'

const PurposeWords = ({ purpose, name }: { purpose: Purpose; name: string }) => (
  <p>
    <span className="block font-semibold">{say.purpose[purpose](name)}</span>
    <span className="text-small text-soft">{say.read[purpose]}</span>
  </p>
)

/** Who will see what comes, what of before comes, and how long it is kept as it came. */
const WhatFollows = ({ card: { provider, ownerOnlyDays, rawDays, pastDays } }: { card: ConnectionCard }) => {
  const name = say.name(provider)
  return (
    <ul className="list-disc space-y-1 pl-5 text-small text-soft">
      <li>{ownerOnlyDays === null ? say.reach.shareable : say.reach.ownerOnly(name, ownerOnlyDays)}</li>
      <li>{pastDays !== null ? say.before.some(pastDays) : ownerOnlyDays !== null ? say.before.ownerOnly(ownerOnlyDays) : say.before.none(name)}</li>
      <li>{say.raw(rawDays)}</li>
    </ul>
  )
}

/** What a connection that stands was not asked for, each with a way to add it. Nothing where it has all that there is. */
export const ConnectionMore = ({ card, has }: { card: ConnectionCard; has: readonly Purpose[] }) =>
  card.purposes
    .filter((purpose) => !has.includes(purpose))
    .map((purpose) => (
      <div key={purpose} className="space-y-3">
        <PurposeWords purpose={purpose} name={say.name(card.provider)} />
        {purpose === 'import' ? <WhatFollows card={card} /> : null}
        <ConnectButton provider={card.provider} purposes={[...has, purpose]} again />
      </div>
    ))

/** What is asked, what for and who will see it; then on to the provider, where the person says yes or no. `again`: what was agreed to before. */
export const ConnectionBegin = ({ card, again }: { card: ConnectionCard; again?: readonly Purpose[] }) => {
  const { provider, purposes } = card
  const name = say.name(provider)
  const [wanted, setWanted] = useState<readonly Purpose[]>(again && again.length > 0 ? again : purposes.length === 1 ? purposes : [])
  return (
    <div className="mt-4 space-y-4">
      {again ? null : (
        <>
          {purposes.map((purpose) =>
            purposes.length === 1 ? (
              <PurposeWords key={purpose} purpose={purpose} name={name} />
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
          <WhatFollows card={card} />
        </>
      )}
      <ConnectButton provider={provider} purposes={wanted} again={again !== undefined} />
    </div>
  )
}
