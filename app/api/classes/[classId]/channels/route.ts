import { endpoint } from '@/lib/accounts/endpoint.server'
import { participantOfClass } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { ChannelPasses, ChannelRequest } from '@/lib/room/channel-auth'
import { authorizeChannels } from '@/lib/room/channel-auth.server'

export const POST = endpoint({
  summary: 'Which of the wanted realtime channels a screen may hear, all in one call.',
  actor: participantOfClass,
  params: ClassParams,
  body: ChannelRequest,
  answer: ChannelPasses,
  rateLimit: { limit: 240, windowSeconds: 60, by: ({ actor }) => actor.participantId },
  run: ({ actor, body }) => authorizeChannels(actor, body),
})
