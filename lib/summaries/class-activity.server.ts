import 'server-only'
import { forgetActivities, saveActivity } from '@/lib/activities/save-activity.server'
import { db } from '@/lib/platform/db.server'
import { FigureInputs } from '@/lib/physiology/heart-rate-figures'
import { readIntervals, readRuns } from '@/lib/telemetry/read.server'
import { classRecording } from './class-recording'
import { workoutWindowEnd } from './workout-window'

/**
 * Puts what an account recorded in a class into its history, with the figures' inputs of its final summary; called again when that is
 * computed again. Guests have no history: theirs appears when they claim an account. What aged out by its owner's policy is left as it is.
 */
export async function keepInHistory({ classId, personId, participantId }: { classId: string; personId: string; participantId: string }): Promise<void> {
  const seat = await db.participant.findUnique({
    where: { id: participantId },
    select: {
      person: { select: { credential: { select: { personId: true } } } },
      liveClass: { select: { startsAt: true, workoutEndedAt: true, title: true, series: { select: { title: true, kind: true, timezone: true } } } },
    },
  })
  const summary = await db.summary.findUnique({ where: { classId_personId: { classId, personId } }, select: { inputs: true } })
  const { workoutEndedAt, startsAt, title, series } = seat?.liveClass ?? {}
  if (!seat?.person.credential || !summary || !workoutEndedAt || !startsAt || !series) return
  const runs = await readRuns(participantId)
  if (runs.some(({ agedOut }) => agedOut)) return
  const endMs = workoutWindowEnd(workoutEndedAt.getTime(), runs)
  const recording = classRecording({
    ...{ runs, kind: series.kind, timezone: series.timezone, intervals: await readIntervals(participantId) },
    ...{ startedAtMs: startsAt.getTime(), seconds: Math.max(0, Math.floor((endMs - startsAt.getTime()) / 1000)) },
  })
  if (!recording) return
  const inputs = FigureInputs.parse(summary.inputs)
  await saveActivity({ personId, source: 'class_recording', externalId: classId, classId, title: title ?? series.title, recording, inputs })
  // Deleted in the meantime: whichever came last sees the other.
  const erased = await db.participant.count({ where: { id: participantId, recordErasedAt: { not: null } } })
  if (erased > 0) await forgetClassActivity(personId, classId)
}

/** Where an account's record of a class is in its history. */
export const findClassActivity = async (personId: string, classId: string): Promise<string | undefined> =>
  (await db.activity.findUnique({ where: { personId_source_externalId: { personId, source: 'class_recording', externalId: classId } }, select: { id: true } }))?.id

/** Takes the record of a class out of a history again: with the recording, and with the class. */
export async function forgetClassActivity(personId: string, classId: string): Promise<void> {
  await forgetActivities(personId, { source: 'class_recording', externalId: classId })
}
