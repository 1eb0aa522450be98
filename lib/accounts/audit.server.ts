import 'server-only'
import { now } from '@/lib/platform/clock'
import { type Db, db } from '@/lib/platform/db.server'

export type Act = {
  readonly actorId: string
  /** Whose data it was done to. */
  readonly subjectId: string
  readonly action: 'people.merged' | 'participant.paid' | 'participant.unpaid' | 'attendance.exported' | 'series.left' | 'series.rejoined' | 'consent.withdrawn' | 'history.read'
  readonly classId?: string
}

/** Writes down who did what to whose data, with the change itself when `tx` is its transaction. No health value belongs in it. */
export const recordAct = (act: Act, tx: Db = db): Promise<void> => recordActs([act], tx)

/** One act that was done to the data of several. */
export async function recordActs(acts: readonly Act[], tx: Db = db): Promise<void> {
  const at = new Date(now())
  await tx.auditEvent.createMany({ data: acts.map(({ actorId, subjectId, action, classId }) => ({ actorId, subjectId, action, classId: classId ?? null, at })) })
}
