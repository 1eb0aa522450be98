import { z } from 'zod'
import { Audience, PairingCode } from '@/lib/accounts/device'
import { endpoint } from '@/lib/accounts/endpoint.server'
import { hostOfClass } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { callerAddress } from '@/lib/platform/http.server'
import { letTvIn } from '@/lib/room/pair.server'

export const POST = endpoint({
  summary: "Lets the television that shows this code look at the wall: with the trainer's numbers, or with what the class may see.",
  actor: hostOfClass,
  params: ClassParams,
  body: z.object({ code: PairingCode, audience: Audience }),
  run: ({ actor, body, request }) => letTvIn(actor, body.code, body.audience, callerAddress(request)),
})
