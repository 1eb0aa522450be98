import type { Tile, TileReading } from './room-view'

/** What somebody needs from the trainer, most urgent first. */
export type Need =
  /** Above the maximum that they typed themselves; never from an estimated one. */
  | { readonly need: 'max'; readonly percentOfMax: number }
  | { readonly need: 'hand'; readonly raisedAt: number }
  | { readonly need: 'effort'; readonly effort: number }
  /** The strap touches no skin: their own hand mends it, a word from the trainer helps. */
  | { readonly need: 'contact' }
  /** Nothing for the trainer to do: strap and phone try by themselves. */
  | { readonly need: 'strap' | 'away' }
export type Attention = { readonly participantId: string; readonly name: string; readonly need: Need }

/** What the wall knows of one person that matters here. */
type Watched = Pick<Tile, 'participantId' | 'name' | 'seat' | 'role' | 'presence' | 'handRaisedAt' | 'reading'>

const HIGH_EFFORT = 9
const RANK: Record<Need['need'], number> = { max: 0, hand: 1, effort: 2, contact: 3, away: 4, strap: 5 }

/** A strap that failed is nobody's emergency: it never stands above somebody who needs the trainer. */
export function needOf(one: Watched): Need | null {
  const { reading } = one
  if (one.presence === 'left') return null
  if (one.presence === 'reconnecting') return { need: 'away' }
  if (reading.state === 'live' && !reading.estimated && reading.percentOfMax !== null && reading.percentOfMax > 100)
    return { need: 'max', percentOfMax: reading.percentOfMax }
  if (one.handRaisedAt !== null) return { need: 'hand', raisedAt: one.handRaisedAt }
  const effort = effortOf(reading)
  if (effort !== null && effort >= HIGH_EFFORT) return { need: 'effort', effort }
  if (reading.state === 'live' && reading.contact === false) return { need: 'contact' }
  const why = reading.state === 'none' ? reading.why : reading.state === 'moving' ? reading.heart : null
  if (why === 'contact') return { need: 'contact' }
  if (why === 'lost' || why === 'reconnecting') return { need: 'strap' }
  return null
}

/** At most `most` people, whom to look at first: by need, hands in the order they went up, else by seat. */
export function needsAttention(people: readonly Watched[], most = 3): Attention[] {
  return people
    .filter(({ role }) => role === 'member')
    .flatMap((one) => {
      const need = needOf(one)
      return need ? [{ one, need }] : []
    })
    .sort((a, b) => RANK[a.need.need] - RANK[b.need.need] || raised(a.need) - raised(b.need) || a.one.seat - b.one.seat)
    .slice(0, most)
    .map(({ one, need }) => ({ participantId: one.participantId, name: one.name, need }))
}

/** What they tapped, while it stands. */
export const effortOf = (reading: TileReading): number | null => (reading.state === 'effort' || reading.state === 'moving' ? reading.effort : null)

const raised = (need: Need): number => (need.need === 'hand' ? need.raisedAt : 0)
