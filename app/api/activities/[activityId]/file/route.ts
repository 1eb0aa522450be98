import { account, endpoint } from '@/lib/accounts/endpoint.server'
import { exportFile } from '@/lib/activities/export-file'
import { getOwnActivity } from '@/lib/activities/history.server'
import { ActivityParams, ExportQuery } from '@/lib/activities/params'
import { AppError } from '@/lib/platform/app-error'

export const GET = endpoint({
  summary: 'An activity of one’s own as a file: FIT, TCX, GPX, CSV or JSON.',
  actor: account,
  params: ActivityParams,
  query: ExportQuery,
  rateLimit: { limit: 60, windowSeconds: 60, by: ({ actor }) => actor.personId },
  async run({ actor, params, query }) {
    const { recording } = await getOwnActivity(actor.personId, params.activityId)
    if (!recording) throw new AppError('not_found', 'The samples of this activity are gone by your own policy; its figures stay.')
    const file = exportFile(recording, query.format)
    if (!file) throw new AppError('conflict', 'A GPX file is a route, and this activity has none. FIT, TCX, CSV and JSON hold it.')
    return new Response(file.body, {
      headers: { 'content-type': file.type, 'content-disposition': `attachment; filename="${file.name}"` },
    })
  },
})
