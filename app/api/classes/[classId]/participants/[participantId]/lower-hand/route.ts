import { endpoint } from '@/lib/accounts/endpoint.server'
import { hostOfClass } from '@/lib/classes/actor.server'
import { MemberParams } from '@/lib/classes/params'
import { lowerHand } from '@/lib/room/run-talk.server'

export const POST = endpoint({
  summary: "Lowers a member's raised hand.",
  actor: hostOfClass,
  params: MemberParams,
  run: ({ params }) => lowerHand(params.classId, params.participantId),
})
