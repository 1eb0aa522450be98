import 'server-only'
import { now } from '@/lib/platform/clock'
import { type Db, db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'

/** `already_live`: somebody pressed twice, or on two devices; there is one class and this is it. */
export type StartedClass = { readonly outcome: 'started' | 'already_live'; readonly classId: string }

/** Starts another class of a series now. */
export async function startClass(seriesId: string): Promise<StartedClass> {
  return await db.$transaction(async (tx) => {
    await tx.$queryRaw`select id from class_series where id = ${seriesId} for update`
    const live = await tx.liveClass.findFirst({ where: { seriesId, status: { in: ['open', 'live'] } }, orderBy: { startsAt: 'desc' } })
    if (live) return { outcome: 'already_live', classId: live.id }
    const series = await tx.classSeries.findUniqueOrThrow({ where: { id: seriesId }, include: { host: { select: { name: true } } } })
    const classId = await openClass(tx, { seriesId, durationMin: series.durationMin, hostId: series.hostId, hostName: series.host.name })
    return { outcome: 'started', classId }
  })
}

/** The host is a participant from the first moment: seat 0, which nobody else gets. */
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
        create: { id: newId('par'), personId: of.hostId, role: 'host', name: of.hostName, seat: 0, cameraReach: 'everyone' },
      },
    },
  })
  return id
}
