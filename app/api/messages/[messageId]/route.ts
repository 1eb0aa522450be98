import { endpoint } from '@/lib/accounts/endpoint.server'
import { authorOrTrainer } from '@/lib/classes/actor.server'
import { MessageParams } from '@/lib/classes/params'
import { deleteForAll } from '@/lib/room/run-talk.server'

export const DELETE = endpoint({
  summary: 'Deletes a message for everybody: its text is gone, and who took it away is said.',
  actor: authorOrTrainer,
  params: MessageParams,
  run: ({ actor }) => deleteForAll(actor),
})
