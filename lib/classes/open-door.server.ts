import 'server-only'
import { now } from '@/lib/platform/clock'
import type { Db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { DOOR_MS } from './booking'

/**
 * Opens the door of a class that waits for its time: from 15 minutes before the start by itself, `early` whenever its trainer says so.
 * The trainer gets seat 0. Again: nothing. Returns whether it opened now. The caller holds the lock on the class's row.
 */
export async function openDoor(tx: Db, classId: string, { early = false } = {}): Promise<boolean> {
  const due = { startsAt: { lte: new Date(now() + DOOR_MS) }, plannedEndAt: { gt: new Date(now()) } }
  const { count } = await tx.liveClass.updateMany({
    where: { id: classId, status: 'scheduled', ...(early ? {} : due) },
    data: { status: 'open' },
  })
  if (count === 0) return false
  const { series } = await tx.liveClass.findUniqueOrThrow({
    where: { id: classId },
    select: { series: { select: { hostId: true, host: { select: { name: true } } } } },
  })
  await tx.participant.upsert({
    where: { classId_personId: { classId, personId: series.hostId } },
    create: { ...hostSeat(series.hostId, series.host.name), classId },
    update: {},
  })
  return true
}

/** The host is a participant from the first moment: seat 0, which nobody else gets. */
export const hostSeat = (hostId: string, name: string) =>
  ({ id: newId('par'), personId: hostId, role: 'host', name, seat: 0, cameraReach: 'everyone' }) as const
