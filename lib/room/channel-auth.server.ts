import 'server-only'
import type { Participant } from '@/lib/classes/actor.server'
import { returnToClass } from '@/lib/classes/join.server'
import { AppError } from '@/lib/platform/app-error'
import { db } from '@/lib/platform/db.server'
import { authorizeChannel } from '@/lib/platform/realtime.server'
import { recordArrival } from '@/lib/telemetry/attendance.server'
import { mayReadBoard, writerOf } from './board-access.server'
import type { ChannelPasses, ChannelRequest } from './channel-auth'
import { findCrowd } from './crowd.server'
import { tellRoom } from './publish.server'
import { tellPlaces } from './room-places.server'
import { channels, type ScreenInfo } from './room-event'
import { requireOwnScreen, screenSince } from './screen.server'
import { participantInfo } from './snapshot.server'

/**
 * Who may hear what: the room, its participants; a member's beats, that member and the host; a screen's signals, that screen. The
 * presence `user_id` is the screen's, signed here, so what it sends on can be believed to be its own. Throws `not_allowed` for a
 * screen that is not the caller's. A closed room has no channels, and of its room's, members' and boards' a class has only the newest.
 */
export async function authorizeChannels(participant: Participant, wanted: ChannelRequest): Promise<ChannelPasses> {
  requireOwnScreen(wanted, participant)
  const { classId, participantId, role, name } = participant
  const { closedAt, epoch } = await db.liveClass.findUniqueOrThrow({ where: { id: classId }, select: { closedAt: true, epoch: true } })
  const refuseAll = (error: string): ChannelPasses => ({ epoch, channels: Object.fromEntries(wanted.channels.map((channel) => [channel, { error }])) })
  if (closedAt !== null) return refuseAll('class_over')
  const room = channels.room(classId, epoch)
  const rooms = channels.room(classId, 0).slice(0, -1)
  const crowd = wanted.channels.includes(room) ? await findCrowd(room, wanted, participant) : null
  if (wanted.channels.includes(room) && crowd === null) {
    const refusal = await comeBack(participant, wanted.screenId)
    if (refusal !== null) return refuseAll(refusal)
    await recordArrival(participantId)
  }
  const [members, boards] = await Promise.all([audibleMembers(participant, epoch, wanted.channels), writableBoards(participant, epoch, wanted.channels)])
  const audible = new Set([...members, ...boards])
  const info: ScreenInfo = { participantId, role, name, since: screenSince(wanted.screenId), ...(wanted.sensor && { sensor: true }) }
  const pass = (channel: string): ChannelPasses['channels'][string] => {
    if (channel === room && crowd !== null) return { error: crowd }
    if (channel === room) return authorizeChannel(wanted.socketId, channel, { user_id: wanted.screenId, user_info: info })
    if (channel === channels.readers(classId) && role === 'host') return authorizeChannel(wanted.socketId, channel, writerOf(wanted.screenId))
    if (channel === channels.screen(wanted.screenId) || audible.has(channel)) return authorizeChannel(wanted.socketId, channel)
    return { error: channel.startsWith(rooms) ? 'moved' : 'not_allowed' }
  }
  return { epoch, channels: Object.fromEntries(wanted.channels.map((channel) => [channel, pass(channel)])) }
}

const MEMBERS = channels.member('', 0).slice(0, -2)

/** The member channels of a request that this participant may hear. */
async function audibleMembers({ classId, participantId, role }: Participant, epoch: number, names: readonly string[]): Promise<Set<string>> {
  const own = channels.member(participantId, epoch)
  if (role !== 'host') return new Set([own])
  if (!names.some((name) => name.startsWith(MEMBERS))) return new Set()
  const members = await db.participant.findMany({ where: { classId, removedAt: null }, select: { id: true } })
  return new Set(members.map(({ id }) => channels.member(id, epoch)))
}

/** The board channels of a request that this participant may write to: the host, to readers of this class whose leave still stands. */
async function writableBoards({ classId, role }: Participant, epoch: number, names: readonly string[]): Promise<Set<string>> {
  if (role !== 'host') return new Set()
  const [prefix = '', suffix = ''] = channels.board('\0', epoch).split('\0')
  const wanted = names.filter((name) => name.startsWith(prefix) && name.endsWith(suffix))
  const allowed = await Promise.all(wanted.map((name) => mayReadBoard(classId, name.slice(prefix.length, -suffix.length))))
  return new Set(wanted.filter((_, index) => allowed[index]))
}

/** A screen that joins the room's channel is here, even if its person had said goodbye on another; else why it is not. */
async function comeBack(participant: Participant, screenId: string): Promise<'class_full' | 'conflict' | null> {
  try {
    const returned = await returnToClass(participant, screenId)
    if (!returned) return null
    await tellRoom(participant.classId, { type: 'participant-changed', participant: participantInfo(returned.seat) })
    await tellPlaces(participant.classId, returned.news)
    return null
  } catch (error) {
    if (error instanceof AppError && (error.code === 'class_full' || error.code === 'conflict')) return error.code
    throw error
  }
}
