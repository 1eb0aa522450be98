import type { ClassPlace } from '@/lib/classes/booking'

/**
 * What the page at the door does next. `walk_in`: joins and goes in; `call`: the door is open, and nobody looks at this page; `reload`:
 * the server draws the page anew; `stay`: waits on.
 */
export type DoorStep = 'stay' | 'walk_in' | 'call' | 'reload'

/**
 * Whoever came up from the line stood at this page to be let in, seen or not. Whoever booked ahead may have left it open for days: they
 * come in when they look at it, and no camera starts in a room that nobody watches.
 */
export function doorStep({ door, free, mine }: Pick<ClassPlace, 'door' | 'free' | 'mine'>, visible: boolean): DoorStep {
  if (door === 'over' || door === 'cancelled' || mine.is === 'removed' || mine.is === 'here') return 'reload'
  if (door === 'shut') return 'stay'
  if (mine.is === 'booked') return visible || mine.heldUntil !== null ? 'walk_in' : 'call'
  return mine.is === 'none' && free ? 'reload' : 'stay'
}

const SOON_MS = 3_000
const LATER_MS = 30_000
const HIDDEN_MS = 15_000

/**
 * How long until the page asks again, in ms: every 3 s where something may happen now, less often long before the door opens and while
 * nobody looks. `random` in [0, 1) spreads a full room's questions over a fifth either way.
 */
export function nextLookMs({ door, opensAt, serverNow }: Pick<ClassPlace, 'door' | 'opensAt' | 'serverNow'>, visible: boolean, random: number): number {
  const before = door === 'shut' ? Math.min(LATER_MS, Math.max(SOON_MS, (opensAt - serverNow) / 2)) : SOON_MS
  return Math.max(visible ? 0 : HIDDEN_MS, before) * (0.8 + random * 0.4)
}
