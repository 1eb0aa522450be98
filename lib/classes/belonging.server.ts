import 'server-only'
import { recordAct } from '@/lib/accounts/audit.server'
import { type Db, db } from '@/lib/platform/db.server'

/** Somebody who belongs to a series, and as what. `name`: as they called themselves last. */
export type SeriesPerson = {
  readonly personId: string
  readonly name: string
  readonly role: 'host' | 'member'
  readonly seriesId: string
  readonly hostId: string
}

/**
 * Its trainer, whoever was in one of its classes, and whoever has a place or waits for one. Not: who left the series, and who was
 * removed from the last class they came to. Undefined for everybody else.
 */
export async function findSeriesPerson(
  { seriesId, hostId }: { readonly seriesId: string; readonly hostId: string },
  { personId, name }: { readonly personId: string; readonly name: string },
): Promise<SeriesPerson | undefined> {
  if (personId === hostId) return { personId, name, role: 'host', seriesId, hostId }
  const of = { personId, liveClass: { seriesId } }
  const [seat, booking, follow] = await Promise.all([
    db.participant.findFirst({ where: of, orderBy: { firstSeenAt: 'desc' }, select: { name: true, removedAt: true } }),
    db.booking.findFirst({ where: { ...of, status: { not: 'cancelled' } }, orderBy: { askedAt: 'desc' }, select: { name: true } }),
    db.seriesFollow.findUnique({ where: { personId_seriesId: { personId, seriesId } }, select: { leftAt: true } }),
  ])
  const last = seat ?? booking
  if (!last || seat?.removedAt || follow?.leftAt) return undefined
  return { personId, name: last.name, role: 'member', seriesId, hostId }
}

/** Whether one browser, which may be an account and a guest at the same time, belongs to a series. */
export async function belongsToSeries(
  series: { readonly seriesId: string; readonly hostId: string },
  callers: ReadonlyArray<{ readonly personId: string; readonly name: string } | undefined>,
): Promise<boolean> {
  for (const caller of callers) if (caller && (await findSeriesPerson(series, caller))) return true
  return false
}

/** They are in a class of it again, or booked one: they belong to it as before, and are sent nothing until they ask. */
export async function rejoinSeries(tx: Db, classId: string, personId: string): Promise<void> {
  const of = { personId, leftAt: { not: null }, series: { classes: { some: { id: classId } } } }
  const { count } = await tx.seriesFollow.updateMany({ where: of, data: { leftAt: null } })
  if (count > 0) await recordAct({ actorId: personId, subjectId: personId, action: 'series.rejoined', classId }, tx)
}

/** Whether somebody known by id only belongs to a series, as `findSeriesPerson` has it. */
export async function isOfSeries(seriesId: string, personId: string): Promise<boolean> {
  const series = await db.classSeries.findUnique({ where: { id: seriesId }, select: { hostId: true } })
  return series !== null && (await findSeriesPerson({ seriesId, hostId: series.hostId }, { personId, name: '' })) !== undefined
}
