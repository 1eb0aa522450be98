import { z } from 'zod'
import { RoomMessage } from '@/lib/classes/message'
import { WorkoutPlan } from '@/lib/classes/workout-plan'
import { HeartRateReach } from './beat'
import { Reacted } from './reaction'
import { TimerState } from './timer'

/**
 * Everything that the server tells a class, as one union, published on the class's presence channel under the event name
 * `room-event` (a client cannot send that name). State is a pure reducer over it; a client that missed some reads
 * `GET /api/classes/{classId}/state` again.
 */
export const ParticipantInfo = z.object({
  participantId: z.string(),
  name: z.string(),
  role: z.enum(['host', 'member']),
  seat: z.number().int().nonnegative(),
  cameraReach: z.enum(['nobody', 'trainer', 'everyone']),
  heartRateReach: HeartRateReach.nullable(),
  left: z.boolean(),
  /** Since when the hand is up, UTC ms; null while it is down. */
  handRaisedAt: z.number().nullable(),
  /** Of two descriptions of one person the higher is the newer: news may cross, and a state that was read may be older than they are. */
  revision: z.number().int(),
})
export type ParticipantInfo = z.infer<typeof ParticipantInfo>

export const RoomEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('participant-joined'), participant: ParticipantInfo }),
  z.object({ type: z.literal('participant-changed'), participant: ParticipantInfo }),
  z.object({ type: z.literal('participant-left'), participant: ParticipantInfo }),
  /** The last word on this epoch's channel: everybody else goes on to the next one, where the removed are not let in. */
  z.object({ type: z.literal('participant-removed'), participantId: z.string(), epoch: z.number().int() }),
  /** The same where nobody is removed, but a second screen of somebody's is shut out. */
  z.object({ type: z.literal('room-moved'), epoch: z.number().int() }),
  /** A request that the screen obeys; there is no remote un-mute. `null`: every member. */
  z.object({ type: z.literal('mute-requested'), participantId: z.string().nullable() }),
  z.object({ type: z.literal('plan-changed'), plan: WorkoutPlan.nullable() }),
  z.object({ type: z.literal('timer-changed'), timer: TimerState }),
  z.object({ type: z.literal('workout-started'), workoutStartedAt: z.number() }),
  z.object({ type: z.literal('message-posted'), message: RoomMessage }),
  z.object({ type: z.literal('message-deleted'), messageId: z.string(), by: z.enum(['author', 'trainer']) }),
  /** What one person sent within a second. */
  z.object({ type: z.literal('reacted'), participantId: z.string(), name: z.string(), reactions: z.array(Reacted) }),
  z.object({ type: z.literal('spotlight-changed'), participantId: z.string().nullable() }),
  /** A television or remote lost its leave to look: host screens stop writing to it. */
  z.object({ type: z.literal('reader-ended'), readerId: z.string() }),
  /** Places booked by people who are not here yet, and how many wait for one. */
  z.object({
    type: z.literal('places-changed'),
    capacity: z.number().int(),
    booked: z.number().int(),
    waiting: z.number().int(),
  }),
  z.object({ type: z.literal('workout-ended'), workoutEndedAt: z.number() }),
  z.object({ type: z.literal('room-closed'), closedAt: z.number() }),
])
export type RoomEvent = z.infer<typeof RoomEvent>
export const ROOM_EVENT = 'room-event'

/** What a screen knows about the class when it enters or comes back. Times are UTC ms. */
export const RoomSnapshot = z.object({
  classId: z.string(),
  /** Of the room's channel. */
  epoch: z.number().int(),
  slug: z.string(),
  title: z.string(),
  hostName: z.string(),
  status: z.enum(['scheduled', 'open', 'live', 'ended', 'cancelled']),
  startsAt: z.number(),
  plannedEndAt: z.number(),
  workoutStartedAt: z.number().nullable(),
  workoutEndedAt: z.number().nullable(),
  /** The trainer's last sign of life, to within 15 s; for their own return. */
  hostSeenAt: z.number().nullable(),
  closedAt: z.number().nullable(),
  capacity: z.number().int(),
  heartRateReach: z.enum(['trainer', 'everyone']),
  videoPlace: z.enum(['here', 'own_link']),
  videoUrl: z.string().nullable(),
  /** What the timer runs by, or would. */
  plan: WorkoutPlan.nullable(),
  timer: TimerState,
  /** Members may show themselves to each other, where the class is small. */
  eachToEach: z.boolean(),
  participants: z.array(ParticipantInfo),
  /** Whom everybody looks at. */
  spotlightId: z.string().nullable(),
  /** How many stand in line for a place. */
  waiting: z.number().int(),
  serverNow: z.number(),
})
export type RoomSnapshot = z.infer<typeof RoomSnapshot>

/** Who is calling, as the room page tells its client. */
export const RoomSeat = z.object({
  participantId: z.string(),
  role: z.enum(['host', 'member']),
  name: z.string(),
  /** This screen's presence `user_id`; made by the server for each page load and signed into the channel authorisation. */
  screenId: z.string(),
  screenToken: z.string(),
  /** The screen that this tab was before it was loaded anew. */
  replaces: z.string().optional(),
})
export type RoomSeat = z.infer<typeof RoomSeat>

/** Presence `user_info` of a screen. `rank` orders host screens for the writer's place. */
export const ScreenInfo = z.object({
  participantId: z.string(),
  role: z.enum(['host', 'member']),
  name: z.string(),
  since: z.number(),
  /** Wears the strap and leaves picture and sound to the person's other screen. */
  sensor: z.literal(true).optional(),
})
export type ScreenInfo = z.infer<typeof ScreenInfo>

export const channels = {
  /** presence: every screen of the class; server's room events, the host's frames. A new one whenever a person or a screen is shut out */
  room: (classId: string, epoch: number) => `presence-room-${classId}.${epoch}`,
  /** private: one member's beats; that member and host screens only. It moves with the room */
  member: (participantId: string, epoch: number) => `private-member-${participantId}.${epoch}`,
  /** private: signals to one screen; that screen only */
  screen: (screenId: string) => `private-screen-${screenId}`,
  /** presence: host screens, and who looks at the board without a place in the class; carries no number, so it stays where it is */
  readers: (classId: string) => `presence-readers-${classId}`,
  /** private: the board for one reader; that reader and host screens. It moves with the room */
  board: (readerId: string, epoch: number) => `private-board-${readerId}.${epoch}`,
}
export const CLIENT_BEAT = 'client-beat'
export const CLIENT_FRAME = 'client-frame'
export const CLIENT_BOARD = 'client-board'
/** From the server to all readers of a class: look again whether you may, and where the board is. */
export const READER_CHANGED = 'reader-changed'
export const SIGNAL = 'signal'

/** WebRTC signalling between two screens of one class, published by the server on the target's screen channel; one SDP a message. */
export const Signal = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('description'),
    description: z.object({ type: z.enum(['offer', 'answer', 'rollback', 'pranswer']), sdp: z.string().max(8_000) }),
  }),
  z.object({
    type: z.literal('candidates'),
    candidates: z
      .array(
        z.object({
          candidate: z.string().max(600),
          sdpMid: z.string().max(20).nullable(),
          sdpMLineIndex: z.number().int().nullable(),
          usernameFragment: z.string().max(300).nullable().optional(),
        }),
      )
      .max(20),
  }),
  /** The sender starts afresh: throw the old connection away. */
  z.object({ type: z.literal('hello'), connectionId: z.string().max(40) }),
  z.object({ type: z.literal('bye') }),
])
export type Signal = z.infer<typeof Signal>
export const SignalEnvelope = z.object({ from: z.string(), connectionId: z.string().max(40), signal: Signal })
export type SignalEnvelope = z.infer<typeof SignalEnvelope>
