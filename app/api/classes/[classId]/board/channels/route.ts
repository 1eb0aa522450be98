import { endpoint } from '@/lib/accounts/endpoint.server'
import { boardReader } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { ChannelPasses, ReaderChannelRequest } from '@/lib/room/channel-auth'
import { authorizeReader } from '@/lib/room/board-access.server'

export const POST = endpoint({
  summary: 'The realtime channels of a television or a remote: where it is seen, and its own board.',
  actor: boardReader,
  params: ClassParams,
  body: ReaderChannelRequest,
  answer: ChannelPasses,
  rateLimit: { limit: 120, windowSeconds: 60, by: ({ body }) => body.readerId },
  run: ({ actor, body }) => authorizeReader(actor, body),
})
