import { endpoint } from '@/lib/accounts/endpoint.server'
import { hostOfClass } from '@/lib/classes/actor.server'
import { exportAttendance } from '@/lib/classes/attendance-file.server'
import { ClassParams } from '@/lib/classes/params'

export const GET = endpoint({
  summary: 'Who came, for how long, and who paid, as a table (CSV, UTF-8). Without any heart rate.',
  actor: hostOfClass,
  params: ClassParams,
  run: async ({ actor, params }) => {
    const { name, text } = await exportAttendance(actor.personId, params.classId)
    return new Response(text, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store',
      },
    })
  },
})
