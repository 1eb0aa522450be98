import { endpoint } from '@/lib/accounts/endpoint.server'
import { guestCookie } from '@/lib/accounts/guest-cookie.server'
import { FollowState, FollowWish } from '@/lib/classes/follow'
import { followSeries, getFollow, readerOfSeries } from '@/lib/classes/follow.server'
import { SeriesParams } from '@/lib/classes/params'
import { callerAddress } from '@/lib/platform/http.server'

export const GET = endpoint({
  summary: 'What the caller has asked to hear of a series, and by which ways.',
  actor: readerOfSeries,
  params: SeriesParams,
  answer: FollowState,
  run: ({ actor }) => getFollow(actor.seriesId, actor.person?.personId),
})

export const PUT = endpoint({
  summary: 'Sets what the caller hears of a series. A guest’s address is asked by mail first. Whoever is new is remembered by this trainer with a cookie.',
  actor: readerOfSeries,
  params: SeriesParams,
  body: FollowWish,
  answer: FollowState,
  // A whole studio may come from one address.
  rateLimit: { limit: 120, windowSeconds: 60 },
  async run({ actor, body, request }) {
    const { personId, state } = await followSeries(actor, actor.person, body, callerAddress(request))
    const known = actor.person !== undefined || personId === ''
    return Response.json(state, known ? {} : { headers: { 'set-cookie': guestCookie(actor.hostId, personId) } })
  },
})
