import { endpoint } from '@/lib/accounts/endpoint.server'
import { hostOrRemote } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { TimerAnswer, TimerOrder } from '@/lib/room/timer'
import { commandTimer } from '@/lib/room/timer.server'

export const POST = endpoint({
  summary: 'One press on the timer. Answers with its newest state; a press on an older state changes nothing.',
  actor: hostOrRemote,
  params: ClassParams,
  body: TimerOrder,
  answer: TimerAnswer,
  run: ({ params, body }) => commandTimer(params.classId, body),
})
