import { endpoint } from '@/lib/accounts/endpoint.server'
import { FollowChoices, FollowState } from '@/lib/classes/follow'
import { changeFollow } from '@/lib/classes/follow.server'
import { noticeLinkHolder } from '@/lib/classes/notice-link.server'

export const PUT = endpoint({
  summary: 'Changes what the holder of a mail’s link hears of its series. The token is sent as a bearer.',
  actor: noticeLinkHolder,
  body: FollowChoices.strict(),
  answer: FollowState,
  run: ({ actor, body }) => changeFollow(actor.seriesId, actor.personId, body),
})
