import { endpoint } from '@/lib/accounts/endpoint.server'
import { stopFollow } from '@/lib/classes/follow.server'
import { noticeLinkHolder } from '@/lib/classes/notice-link.server'
import { TokenParams } from '@/lib/classes/params'
import { env } from '@/lib/platform/env.server'

export const GET = endpoint({
  summary: 'Leads a person who opened a mail’s unsubscribe address to the page with the button. Changes nothing: scanners open links too.',
  actor: noticeLinkHolder,
  params: TokenParams,
  run: ({ params }) => new Response(null, { status: 303, headers: { location: `${env().APP_URL}/notices/${params.token}` } }),
})

export const POST = endpoint({
  summary: 'Stops every notice of the series, with one click in a mail program (RFC 8058). What else is sent is not read.',
  actor: noticeLinkHolder,
  params: TokenParams,
  run: ({ actor }) => stopFollow(actor.personId, actor.seriesId),
})
