import 'server-only'
import { currentConsents } from '@/lib/accounts/consent.server'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'
import { secondsPresent } from './attendance.server'
import type { ClassSummary, MemberSummary } from './class-summary'
import { groupCurve } from './group-curve'
import { FigureInputs } from '@/lib/physiology/heart-rate-figures'
import { SummaryFigures } from './summary'
import { SETTLED_MS } from './workout-window'
import { shapeOf } from './workout-shape.server'

/** For the class's trainer. Undefined until the workout has ended. What a member does not share (now) is not in it. */
export async function getClassSummary(classId: string): Promise<ClassSummary | undefined> {
  const liveClass = await db.liveClass.findUnique({
    where: { id: classId },
    include: { series: true, participants: { where: { role: 'member' }, orderBy: { seat: 'asc' } }, summaries: true },
  })
  if (!liveClass || liveClass.workoutEndedAt === null) return undefined
  const { series, participants, startsAt, workoutEndedAt } = liveClass
  const consents = await currentConsents(
    participants.map(({ personId }) => personId),
    series.hostId,
  )
  const present = await secondsPresent(classId)
  const summaries = new Map(
    liveClass.summaries.map(({ personId, status, figures, inputs }) => [
      personId,
      { status, figures: SummaryFigures.parse(figures), inputs: FigureInputs.parse(inputs) },
    ]),
  )
  // Until then a device may still bring the first of what it recorded.
  const settled = now() >= workoutEndedAt.getTime() + SETTLED_MS
  const members = participants.map(({ id, personId, name }): MemberSummary => {
    const shared = consents.get(personId)?.shareSummary ?? 'no'
    const summary = summaries.get(personId)
    const figures = shared === 'no' || !summary || !hasAnything(summary.figures) ? null : summary.figures
    return {
      ...{ participantId: id, name, shared, presentSeconds: present.get(personId) ?? 0, status: settled ? (summary?.status ?? null) : 'receiving' },
      figures: figures && { ...figures, curve: shared === 'curve' ? figures.curve : [], intervals: shared === 'curve' ? figures.intervals : [] },
      estimated: figures !== null && summary?.inputs.hrmaxSource === 'estimated',
    }
  })
  const sharing = participants.flatMap(({ personId }) => {
    const summary = summaries.get(personId)
    const shared = consents.get(personId)?.shareSummary ?? 'no'
    return summary && shared !== 'no' ? [{ ...summary, shown: shared === 'curve' }] : []
  })
  const curves = sharing
    .map(({ figures, inputs, shown }) => ({ curve: figures.curve, hrmaxBpm: inputs.effortOnly ? null : inputs.hrmaxBpm, shown }))
    .filter(({ curve, hrmaxBpm }) => hrmaxBpm !== null && curve.some((bpm) => bpm !== null))
  return {
    ...{ classId, slug: series.slug, title: liveClass.title ?? series.title },
    startsAt: startsAt.getTime(),
    workoutEndedAt: workoutEndedAt.getTime(),
    workoutSeconds: Math.max(0, Math.floor((workoutEndedAt.getTime() - startsAt.getTime()) / 1000)),
    status: !settled || liveClass.summaries.some(({ status }) => status === 'receiving') ? 'receiving' : 'final',
    // Whoever only opened the link and never came is no news; whoever shares something is.
    members: members.filter(({ presentSeconds, figures }) => presentSeconds > 0 || figures !== null),
    groupCurve: groupCurve(curves),
    contributors: curves.length,
    shape: shapeOf(liveClass),
  }
}

const hasAnything = ({ measuredSeconds, effort, power }: SummaryFigures): boolean => measuredSeconds > 0 || effort.count > 0 || power !== null
