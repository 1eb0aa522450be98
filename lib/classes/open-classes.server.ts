import 'server-only'
import { db } from '@/lib/platform/db.server'
import { classCard } from './class-card.server'

/** The trainer's classes whose room is open now, the newest first. */
export async function listOpenClasses(hostId: string): Promise<ReadonlyArray<{ classId: string; title: string }>> {
  const rows = await db.liveClass.findMany({
    where: { series: { hostId }, closedAt: null, status: { in: ['open', 'live', 'ended'] } },
    include: { series: true },
    orderBy: { startsAt: 'desc' },
  })
  return rows.map((row) => {
    const { classId, title } = classCard(row, row.series)
    return { classId, title }
  })
}
