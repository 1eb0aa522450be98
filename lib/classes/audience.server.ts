import 'server-only'
import type { Zones } from '@/lib/notifications/notice-text'
import { now } from '@/lib/platform/clock'
import { db, type Prisma } from '@/lib/platform/db.server'
import { isOfSeries } from './belonging.server'

/** Somebody who is to be told, and by which ways; with neither way they are left out. */
export type Reader = {
  readonly personId: string
  readonly email: string | null
  readonly push: boolean
  readonly ownZone: Zones['own']
  /** When they asked, with an address that works. */
  readonly askedAt: number
}

type Topic = 'reminders' | 'announcements' | 'thread'
/** Followers with one of the topics on, and those with a place or in line for one of the class, which they asked for by booking. */
export type Audience = { readonly seriesId: string; readonly topics: readonly Topic[]; readonly classId?: string; readonly personId?: string; readonly except?: string }

const withWays = (seriesId: string, classId: string) =>
  ({
    credential: { select: { email: true } },
    profile: { select: { timezone: true } },
    follows: { where: { seriesId } },
    bookings: { where: { classId }, select: { askedAt: true } },
    _count: { select: { pushes: true } },
  }) satisfies Prisma.PersonInclude
type PersonRow = Prisma.PersonGetPayload<{ include: ReturnType<typeof withWays> }>

/** Nobody who left the series is in it, whatever they asked before. */
export async function findAudience({ seriesId, topics, classId, personId, except }: Audience): Promise<Reader[]> {
  const booked = classId === undefined ? [] : [{ bookings: { some: { classId, status: { in: ['booked' as const, 'waiting' as const] } } } }]
  const rows = await db.person.findMany({
    where: {
      mergedIntoId: null,
      follows: { none: { seriesId, leftAt: { not: null } } },
      ...(personId === undefined ? { OR: [...topics.map((topic) => ({ follows: { some: { seriesId, [topic]: true } } })), ...booked] } : { id: personId }),
      ...(except === undefined ? {} : { NOT: { id: except } }),
    },
    include: withWays(seriesId, classId ?? ''),
  })
  return rows.map(readerOf).filter(({ email, push }) => email !== null || push)
}

/** A series' thread is its members': who only looked at the link is not told who writes in it. */
export async function findThreadAudience(of: { readonly seriesId: string; readonly except?: string }): Promise<Reader[]> {
  const readers = await findAudience({ ...of, topics: ['thread'] })
  const belongs = await Promise.all(readers.map(({ personId }) => isOfSeries(of.seriesId, personId)))
  return readers.filter((_, index) => belongs[index])
}

/** Who booked with an account and never chose is written to at its own address; a guest only where they said so and confirmed it. */
function readerOf({ id, credential, profile, follows, bookings, _count }: PersonRow): Reader {
  const [follow] = follows
  const own = credential?.email ?? null
  const left = follow?.email != null && follow.emailConfirmedAt !== null ? follow.email : null
  const asked = [follow?.createdAt, own === null ? follow?.emailConfirmedAt : null, bookings[0]?.askedAt]
  return {
    personId: id,
    email: (follow?.byEmail ?? own !== null) ? (own ?? left) : null,
    push: (follow?.byPush ?? true) && _count.pushes > 0,
    ownZone: profile?.timezone ?? null,
    askedAt: Math.max(...asked.map((at) => at?.getTime() ?? 0)) || now(),
  }
}
