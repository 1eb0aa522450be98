import { endpoint } from '@/lib/accounts/endpoint.server'
import { hostOfClass } from '@/lib/classes/actor.server'
import { attendanceCsv } from '@/lib/classes/attendance-csv'
import { ClassParams } from '@/lib/classes/params'
import { readTurnout } from '@/lib/classes/regulars.server'
import { AppError } from '@/lib/platform/app-error'
import { getSeriesOfClass } from '@/lib/classes/series.server'

export const GET = endpoint({
  summary: 'Who came, for how long, and who paid, as a table (CSV, UTF-8). Without any heart rate.',
  actor: hostOfClass,
  params: ClassParams,
  run: async ({ params: { classId } }) => {
    const { series, liveClass } = await getSeriesOfClass(classId)
    if (liveClass.workoutEndedAt === null) throw new AppError('conflict', 'The list is there when the workout has ended.')
    const day = new Date(liveClass.startsAt).toISOString().slice(0, 10)
    return new Response(attendanceCsv(await readTurnout(classId)), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${series.slug}-${day}.csv"`,
        'cache-control': 'no-store',
      },
    })
  },
})
