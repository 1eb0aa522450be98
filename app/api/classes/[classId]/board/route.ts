import { endpoint } from '@/lib/accounts/endpoint.server'
import { boardReader } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { openBoard } from '@/lib/room/board-access.server'
import { BoardFacts } from '@/lib/room/board-page'

export const GET = endpoint({
  summary: 'What a television or a remote knows of the class before the first page of the board: no person and no number.',
  actor: boardReader,
  params: ClassParams,
  answer: BoardFacts,
  run: ({ actor }) => openBoard(actor),
})
