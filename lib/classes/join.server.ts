import 'server-only'
import type { Person } from '@/lib/accounts/caller.server'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { type Db, db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { type Seat, seatOf } from './participant.server'

export type Joining = { readonly name: string; readonly cameraReach: 'nobody' | 'trainer' }
/** `first`: they were not in this class before. `guestOf`: the trainer who knows them by cookie; null for an account. */
export type Joined = { readonly seat: Seat; readonly first: boolean; readonly guestOf: string | null }

type ClassRow = { hostId: string; capacity: number; status: string; closedAt: Date | null }

/**
 * A place in a class, for an account, a guest that this trainer knows, or somebody new (`caller` undefined). Whoever has a place keeps
 * it and is never told full. Throws `not_found`, `class_cancelled`, `class_over`, `class_full`, `removed_from_class`.
 */
export async function joinClass(classId: string, caller: Person | undefined, joining: Joining): Promise<Joined> {
  return await db.$transaction(async (tx) => {
    const liveClass = await lockClass(tx, classId)
    const known = caller && (await tx.participant.findUnique({ where: { classId_personId: { classId, personId: caller.personId } } }))
    const guestOf = caller?.kind === 'account' ? null : liveClass.hostId
    if (known?.removedAt) throw new AppError('removed_from_class', 'The trainer has removed you from this class.')
    if (known) {
      requireOpenRoom(liveClass)
      const row = await tx.participant.update({ where: { id: known.id }, data: { ...choicesOf(known.role, joining), leftAt: null } })
      return { seat: seatOf(row), first: false, guestOf }
    }
    requireOpenDoor(liveClass)
    await requirePlace(tx, classId, liveClass.capacity)
    const personId =
      caller?.personId ?? (await tx.person.create({ data: { id: newId('per'), name: joining.name, guestOfId: liveClass.hostId } })).id
    if (caller?.kind === 'guest') await tx.person.update({ where: { id: personId }, data: { name: joining.name } })
    const seat = await lowestFreeSeat(tx, classId)
    const at = new Date(now())
    const row = await tx.participant.create({
      data: { id: newId('par'), classId, personId, role: 'member', seat, ...joining, firstSeenAt: at, lastSeenAt: at },
    })
    return { seat: seatOf(row), first: true, guestOf }
  })
}

/** One join at a time for each class: places are counted and seats given under this lock. */
async function lockClass(tx: Db, classId: string): Promise<ClassRow> {
  const [row] = await tx.$queryRaw<ClassRow[]>`
    select s."hostId", s.capacity, c.status::text, c."closedAt"
    from classes c join class_series s on s.id = c."seriesId"
    where c.id = ${classId} for update of c`
  if (!row) throw new AppError('not_found', 'There is no such class. Check the link.')
  return row
}

function requireOpenRoom({ status, closedAt }: ClassRow): void {
  if (status === 'cancelled') throw new AppError('class_cancelled', 'The trainer has cancelled this class.')
  if (closedAt !== null) throw new AppError('class_over', 'This class is over. The same link leads to the next one.')
}

/** Newcomers come while there is a workout; whoever was in may come back for the talk. */
function requireOpenDoor(liveClass: ClassRow): void {
  requireOpenRoom(liveClass)
  if (liveClass.status === 'ended') throw new AppError('class_over', 'This class is over. The same link leads to the next one.')
  if (liveClass.status === 'scheduled') throw new AppError('conflict', 'This class has not opened yet. Come back when it starts.')
}

async function requirePlace(tx: Db, classId: string, capacity: number): Promise<void> {
  const taken = await tx.participant.count({ where: { classId, role: 'member', removedAt: null, leftAt: null } })
  if (taken >= capacity) throw new AppError('class_full', `All ${capacity} places are taken. Ask the trainer for one.`)
}

/** Seats of those who left stay theirs, so that a returning member is where the trainer looks for them. */
async function lowestFreeSeat(tx: Db, classId: string): Promise<number> {
  const taken = new Set((await tx.participant.findMany({ where: { classId }, select: { seat: true } })).map(({ seat }) => seat))
  let seat = 1
  while (taken.has(seat)) seat++
  return seat
}

/** The host keeps their name and camera: joining by the link is only their way back in. */
const choicesOf = (role: 'host' | 'member', joining: Joining): Partial<Joining> => (role === 'host' ? {} : joining)
