import { z } from 'zod'
import { PairingCode, Redeemed } from '@/lib/accounts/device'
import { anyone, endpoint } from '@/lib/accounts/endpoint.server'
import { callerAddress } from '@/lib/platform/http.server'
import { redeemCode } from '@/lib/room/pair.server'

export const POST = endpoint({
  summary: 'Makes this browser what the code stands for, and sets the cookie that proves it in that class only.',
  actor: anyone,
  body: z.object({ code: PairingCode }),
  answer: Redeemed,
  async run({ body, request }) {
    const { redeemed, setCookie } = await redeemCode(body.code, callerAddress(request))
    return Response.json(redeemed, { headers: { 'set-cookie': setCookie } })
  },
})
