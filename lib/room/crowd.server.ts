import 'server-only'
import { z } from 'zod'
import type { Participant } from '@/lib/classes/actor.server'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'
import { listHere } from '@/lib/platform/realtime.server'
import type { ChannelRequest } from './channel-auth'
import { isScreenOf } from './screen.server'

/** Of one person: a phone, a laptop, a television, and one to spare. */
export const SCREENS_OF_ONE = 4
/** Of a class. The realtime service refuses the 101st on a presence channel. */
export const SCREENS_OF_ALL = 90
/** A screen that was let in is on the channel, and counted by the realtime service, within this long. */
const ON_THE_WAY_MS = 5_000

/** Screens that were let in a moment ago; kept with the class. */
const Passes = z.array(z.object({ screenId: z.string(), atMs: z.number() })).catch([])

/**
 * Why a screen may not join the room: too many are open. The realtime service itself says who is there, and it is asked only when a screen
 * joins; those it cannot know yet are counted in the class's row, one join at a time, so that of joins that cross none goes above. When it
 * does not answer, these alone count, and its own bound holds. A page that is loaded anew takes the place of the one before it in its tab, which
 * may be seen there a while longer; whoever names a screen of theirs that is still open wins one by that, and no second.
 */
export async function findCrowd(
  room: string,
  { screenId, replaces }: Pick<ChannelRequest, 'screenId' | 'replaces'>,
  { classId, participantId, role }: Participant,
): Promise<'too_many_own_screens' | 'too_many_screens' | null> {
  const here = (await listHere(room)) ?? []
  return await db.$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<Array<{ passes: unknown }>>`SELECT passes FROM classes WHERE id = ${classId} FOR NO KEY UPDATE`
    const atMs = now()
    const itself = (one: string): boolean => one === screenId || (one === replaces && isScreenOf(one, participantId))
    const onTheWay = Passes.parse(row?.passes).filter((pass) => !itself(pass.screenId) && atMs - pass.atMs < ON_THE_WAY_MS)
    const others = new Set([...here, ...onTheWay.map((pass) => pass.screenId)].filter((one) => !itself(one)))
    if ([...others].filter((other) => isScreenOf(other, participantId)).length >= SCREENS_OF_ONE) return 'too_many_own_screens'
    // Nobody shuts the trainer out of their own class.
    if (role === 'member' && others.size >= SCREENS_OF_ALL) return 'too_many_screens'
    await tx.liveClass.update({ where: { id: classId }, data: { passes: [...onTheWay, { screenId, atMs }] } })
    return null
  })
}
