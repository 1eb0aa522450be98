import 'server-only'
import { recordActs } from '@/lib/accounts/audit.server'
import { AppError } from '@/lib/platform/app-error'
import { attendanceCsv } from './attendance-csv'
import { readTurnout } from './regulars.server'
import { getSeriesOfClass } from './series.server'

/** The list of a class that is over, as a file for its trainer. Written down for each person who is on it. Throws `conflict` before the end. */
export async function exportAttendance(trainerId: string, classId: string): Promise<{ name: string; text: string }> {
  const { series, liveClass } = await getSeriesOfClass(classId)
  if (liveClass.workoutEndedAt === null) throw new AppError('conflict', 'The list is there when the workout has ended.')
  const turnout = await readTurnout(classId)
  const people = [...turnout.came, ...turnout.missed]
  await recordActs(people.map(({ personId }) => ({ actorId: trainerId, subjectId: personId, action: 'attendance.exported', classId })))
  return { name: `${series.slug}-${new Date(liveClass.startsAt).toISOString().slice(0, 10)}.csv`, text: attendanceCsv(turnout) }
}
