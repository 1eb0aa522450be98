import { endpoint } from '@/lib/accounts/endpoint.server'
import { hostOfClass } from '@/lib/classes/actor.server'
import { MemberParams } from '@/lib/classes/params'
import { removeFromRoom } from '@/lib/room/run-room.server'

export const POST = endpoint({
  summary: 'Takes a member out of the class; they may not come back to it.',
  actor: hostOfClass,
  params: MemberParams,
  run: ({ params }) => removeFromRoom(params.classId, params.participantId),
})
