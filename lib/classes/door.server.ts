import 'server-only'
import { db } from '@/lib/platform/db.server'
import type { ClassPlace } from './booking'
import { readPlace } from './booking.server'
import { findSeat } from './participant.server'
import type { PermanentLink } from './permanent-link.server'

/** What this browser's person was called and chose in this trainer's classes the last time. */
export type Remembered = { readonly name: string; readonly cameraReach: 'trainer' | 'nobody' | 'everyone' }

/** What the permanent link is to one person now. */
export type Door =
  /** `back`: they have a place already. */
  | { readonly door: 'join'; readonly remembered: Remembered | null; readonly back: boolean }
  /** The door is shut still, or the class is full. */
  | { readonly door: 'wait'; readonly place: ClassPlace; readonly remembered: Remembered | null; readonly nextStartsAt: number | null }
  /** `summary`: what they did until then is theirs to see. */
  | { readonly door: 'removed'; readonly summary: boolean }
  | { readonly door: 'waiting' }
  /** `wasThere`: their own summary is of this class. */
  | {
      readonly door: 'over'
      readonly wasThere: boolean
      readonly roomOpen: boolean
      readonly talkGoesOn: boolean
      readonly nextStartsAt: number | null
    }

/** `person` is the account or the trainer's guest that calls; undefined for a stranger. Whoever has a place is never told full. */
export async function findDoor(link: Exclude<PermanentLink, { outcome: 'unknown' }>, person: { personId: string; name: string } | undefined): Promise<Door> {
  if (link.outcome === 'none') return { door: 'waiting' }
  const { classId } = link.liveClass
  const seat = person && (await findSeat(classId, person.personId))
  if (seat?.removed) return { door: 'removed', summary: (await db.summary.count({ where: { classId, personId: seat.personId } })) > 0 }
  if (link.outcome === 'ended') {
    const wasThere = seat !== undefined
    return { door: 'over', wasThere, roomOpen: link.roomOpen && wasThere, talkGoesOn: link.roomOpen, nextStartsAt: link.nextStartsAt }
  }
  const remembered = person ? await rememberPerson(person, link.series.hostId) : null
  const place = await readPlace(classId, person?.personId)
  // Whoever booked ahead and comes now sees themselves first; a page that waited is let in by itself.
  if (place.door === 'open' && place.mine.is === 'booked' && place.mine.heldUntil === null)
    return { door: 'join', remembered: { name: place.mine.name, cameraReach: place.mine.cameraReach }, back: false }
  if (place.mine.is === 'here' || (place.door === 'open' && place.mine.is === 'none' && place.free))
    return { door: 'join', remembered, back: seat !== undefined }
  return { door: 'wait', place, remembered, nextStartsAt: link.outcome === 'live' ? link.nextStartsAt : null }
}

async function rememberPerson(person: { personId: string; name: string }, hostId: string): Promise<Remembered> {
  const last = await db.participant.findFirst({
    where: { personId: person.personId, role: 'member', liveClass: { series: { hostId } } },
    orderBy: { firstSeenAt: 'desc' },
    select: { name: true, cameraReach: true },
  })
  return { name: last?.name ?? person.name, cameraReach: last?.cameraReach ?? 'trainer' }
}
