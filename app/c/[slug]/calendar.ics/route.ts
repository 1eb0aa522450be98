import { z } from 'zod'
import { anyone, endpoint } from '@/lib/accounts/endpoint.server'
import { findCalendar } from '@/lib/classes/calendar.server'
import { AppError } from '@/lib/platform/app-error'

/** Calendars ask for this address again by themselves, so it stands beside the permanent link and not under the API. */
export const GET = endpoint({
  summary: 'The dates of a series as an iCalendar file.',
  actor: anyone,
  params: z.object({ slug: z.string().max(80) }),
  run: async ({ params }) => {
    const file = await findCalendar(params.slug)
    if (file === undefined) throw new AppError('not_found', 'There is no such class. Check the link.')
    return new Response(file, {
      headers: { 'content-type': 'text/calendar; charset=utf-8', 'content-disposition': `attachment; filename="${params.slug.replace(/[^a-z0-9-]/gi, '')}.ics"` },
    })
  },
})
