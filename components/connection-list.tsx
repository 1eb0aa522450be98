'use client'
import { useEffect, useState } from 'react'
import { api } from '@/lib/platform/api.client'
import { ConnectionCards, type ConnectionCard as Card } from '@/lib/sync/connections-page'
import { ConnectionCard } from './connection-card'

const LOOK_MS = 2_000
/** After this long without news the page is left alone; the next visit reads it anew. */
const LOOKS = 60

/** Something is under way that the next look may show. */
const isMoving = ({ connection, certificate }: Card): boolean =>
  (connection?.status === 'active' && connection.lastSyncAt === null && connection.problem === null) ||
  connection?.past?.state === 'running' ||
  connection?.past?.state === 'waiting' ||
  (certificate !== null && certificate.completedAt === null)

const readCards = async (): Promise<readonly Card[]> => (await api('GET', '/api/connections', { reply: ConnectionCards })).connections

/** All providers, read again while something moves, and after each change. */
export const ConnectionList = ({ initial, drawnAt, timezone }: { initial: readonly Card[]; drawnAt: number; timezone: string }) => {
  const [cards, setCards] = useState<readonly Card[]>(initial)
  const [looks, setLooks] = useState(LOOKS)
  const moving = cards.some(isMoving)
  useEffect(() => {
    if (!moving || looks === 0) return
    const timer = setTimeout(() => {
      setLooks(looks - 1)
      readCards().then(setCards, () => undefined)
    }, LOOK_MS)
    return () => clearTimeout(timer)
  }, [moving, looks])
  const change = async () => {
    setLooks(LOOKS)
    setCards(await readCards())
  }
  return (
    <ul className="space-y-6">
      {cards.map((card) => (
        <ConnectionCard key={card.provider} card={card} onChange={change} drawnAt={drawnAt} timezone={timezone} />
      ))}
    </ul>
  )
}
