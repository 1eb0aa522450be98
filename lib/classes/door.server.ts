import 'server-only'
import { db } from '@/lib/platform/db.server'
import { findSeat, listSeats } from './participant.server'
import type { PermanentLink } from './permanent-link.server'

/** What this browser's person was called and chose in this trainer's classes the last time. */
export type Remembered = { readonly name: string; readonly cameraReach: 'trainer' | 'nobody' | 'everyone' }

/** What the permanent link is to one person now. */
export type Door =
  /** `back`: they have a place already. */
  | { readonly door: 'join'; readonly remembered: Remembered | null; readonly back: boolean }
  | { readonly door: 'full'; readonly taken: number }
  /** `summary`: what they did until then is theirs to see. */
  | { readonly door: 'removed'; readonly summary: boolean }
  | { readonly door: 'waiting' }
  /** `wasThere`: their own summary is of this class. */
  | { readonly door: 'over'; readonly wasThere: boolean; readonly roomOpen: boolean }

/** `person` is the account or the trainer's guest that calls; undefined for a stranger. Whoever has a place is never told full. */
export async function findDoor(link: Exclude<PermanentLink, { outcome: 'unknown' }>, person: { personId: string; name: string } | undefined): Promise<Door> {
  if (link.outcome === 'none' || link.outcome === 'next') return { door: 'waiting' }
  const { classId } = link.liveClass
  const seat = person && (await findSeat(classId, person.personId))
  if (seat?.removed) return { door: 'removed', summary: (await db.summary.count({ where: { classId, personId: seat.personId } })) > 0 }
  if (link.outcome === 'ended') return { door: 'over', wasThere: seat !== undefined, roomOpen: link.roomOpen && seat !== undefined }
  if (seat === undefined) {
    const taken = (await listSeats(classId)).filter(({ role, left }) => role === 'member' && !left).length
    if (taken >= link.series.capacity) return { door: 'full', taken }
  }
  return { door: 'join', remembered: person ? await rememberPerson(person, link.series.hostId) : null, back: seat !== undefined }
}

async function rememberPerson(person: { personId: string; name: string }, hostId: string): Promise<Remembered> {
  const last = await db.participant.findFirst({
    where: { personId: person.personId, role: 'member', liveClass: { series: { hostId } } },
    orderBy: { firstSeenAt: 'desc' },
    select: { name: true, cameraReach: true },
  })
  return { name: last?.name ?? person.name, cameraReach: last?.cameraReach ?? 'trainer' }
}
