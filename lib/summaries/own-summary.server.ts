import 'server-only'
import { findConsents } from '@/lib/accounts/consent.server'
import { getProfile } from '@/lib/accounts/profile.server'
import { db } from '@/lib/platform/db.server'
import { secondsPresent } from './attendance.server'
import type { OwnSummary } from './own-summary'
import { FigureInputs } from '@/lib/physiology/heart-rate-figures'
import { SummaryFigures } from './summary'
import { inputsOf, inputsText } from '@/lib/accounts/figure-inputs'
import { shapeOf } from './workout-shape.server'

/** Undefined until the workout has ended and the first computation is done, and for whoever was not there. */
export async function findOwnSummary(classId: string, personId: string): Promise<OwnSummary | undefined> {
  const row = await db.summary.findUnique({
    where: { classId_personId: { classId, personId } },
    include: {
      liveClass: {
        include: { series: { include: { host: true } }, participants: { where: { personId } }, addresses: { where: { personId } } },
      },
      person: { include: { credential: true } },
    },
  })
  if (!row) return undefined
  const { liveClass, person } = row
  const { series, startsAt, workoutEndedAt } = liveClass
  if (workoutEndedAt === null) return undefined
  const inputs = FigureInputs.parse(row.inputs)
  const today = inputsOf(await getProfile(personId), startsAt.getTime())
  const consents = await findConsents(personId, series.hostId)
  return {
    classId,
    slug: series.slug,
    title: liveClass.title ?? series.title,
    hostName: series.host.name,
    name: liveClass.participants[0]?.name ?? person.name,
    startsAt: startsAt.getTime(),
    workoutEndedAt: workoutEndedAt.getTime(),
    status: row.status,
    inputs,
    figures: SummaryFigures.parse(row.figures),
    shape: shapeOf(liveClass),
    presentSeconds: (await secondsPresent(classId)).get(personId) ?? 0,
    kept: consents?.keep !== false,
    consents: consents ?? null,
    profileChanged: inputsText(today) !== inputsText(inputs),
    mail: person.credential ? 'account' : liveClass.addresses.length > 0 || row.mailedAt !== null ? 'left_address' : 'none',
    mailedAt: row.mailedAt?.getTime() ?? null,
  }
}

/** Its owner has deleted what was recorded and computed of them in this class. */
export const isRecordErased = async (classId: string, personId: string): Promise<boolean> =>
  (await db.participant.count({ where: { classId, personId, recordErasedAt: { not: null } } })) > 0
