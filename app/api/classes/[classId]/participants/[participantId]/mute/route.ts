import { endpoint } from '@/lib/accounts/endpoint.server'
import { hostOfClass } from '@/lib/classes/actor.server'
import { MemberParams } from '@/lib/classes/params'
import { muteInRoom } from '@/lib/room/run-room.server'

export const POST = endpoint({
  summary: 'Asks one member to be silent. There is no way to switch a microphone on from afar.',
  actor: hostOfClass,
  params: MemberParams,
  run: ({ params }) => muteInRoom(params.classId, params.participantId),
})
