import { endpoint } from '@/lib/accounts/endpoint.server'
import { confirmFollow } from '@/lib/classes/follow.server'
import { noticeLinkHolder } from '@/lib/classes/notice-link.server'

export const POST = endpoint({
  summary: 'Confirms the address that a mail went to. The token of its link is sent as a bearer.',
  actor: noticeLinkHolder,
  run: ({ actor }) => confirmFollow(actor.personId, actor.seriesId),
})
