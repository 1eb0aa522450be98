import 'server-only'
import { now } from '@/lib/platform/clock'
import { type Db, db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { DOOR_MS } from './booking'
import { hostSeat, openDoor } from './open-door.server'

/** `already_live`: somebody pressed twice, or on two devices; there is one class and this is it. */
export type StartedClass = { readonly outcome: 'started' | 'already_live'; readonly classId: string }

/** Starts another class of a series now. */
export async function startClass(seriesId: string): Promise<StartedClass> {
  return await db.$transaction(async (tx) => {
    await tx.$queryRaw`select id from class_series where id = ${seriesId} for update`
    const live = await tx.liveClass.findFirst({ where: { seriesId, status: { in: ['open', 'live'] } }, orderBy: { startsAt: 'desc' } })
    if (live) return { outcome: 'already_live', classId: live.id }
    const due = await openDueClass(tx, seriesId)
    if (due) return { outcome: 'started', classId: due }
    const series = await tx.classSeries.findUniqueOrThrow({ where: { id: seriesId }, include: { host: { select: { name: true } } } })
    const classId = await openClass(tx, { seriesId, durationMin: series.durationMin, hostId: series.hostId, hostName: series.host.name })
    return { outcome: 'started', classId }
  })
}

/** The occurrence that is about to begin is the class that is meant. */
async function openDueClass(tx: Db, seriesId: string): Promise<string | undefined> {
  const [due] = await tx.$queryRaw<Array<{ id: string }>>`
    select id from classes
    where "seriesId" = ${seriesId} and status = 'scheduled' and "startsAt" <= ${new Date(now() + DOOR_MS)} and "plannedEndAt" > ${new Date(now())}
    order by "startsAt" limit 1 for update`
  if (due) await openDoor(tx, due.id)
  return due?.id
}

/** A class that runs from now on, with its trainer in it. */
export async function openClass(tx: Db, of: { seriesId: string; durationMin: number; hostId: string; hostName: string }): Promise<string> {
  const startsAt = now()
  const { id } = await tx.liveClass.create({
    data: {
      id: newId('cls'),
      seriesId: of.seriesId,
      status: 'live',
      startsAt: new Date(startsAt),
      plannedEndAt: new Date(startsAt + of.durationMin * 60_000),
      hostSeenAt: new Date(startsAt),
      participants: {
        create: hostSeat(of.hostId, of.hostName),
      },
    },
  })
  return id
}
