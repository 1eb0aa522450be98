import { z } from 'zod'
import { someLines } from '@/lib/platform/one-line'

export const CHAT_MAX = 500
export const THREAD_MAX = 2_000
/** How long words are kept. The chat is for the class, the thread for the season. */
export const CHAT_KEPT_DAYS = 30
export const THREAD_KEPT_DAYS = 365
/** Read at once: what a late comer sees of a chat, and a page of a thread. */
export const MESSAGES_READ = 50

/** Made by the writer's screen, as `newId('msg')` does, so that sending again after a lost answer is the same message. */
export const MessageId = z.string().regex(/^msg_[0-9A-HJKMNP-TV-Z]{26}$/, 'This is not the id of a message.')

const words = (max: number) =>
  z.string().overwrite(someLines).min(1, 'Write something first.').max(max, `Use at most ${max} characters.`)

/** POST /api/classes/{classId}/messages */
export const NewChat = z.object({ messageId: MessageId, text: words(CHAT_MAX) }).strict()
export type NewChat = z.infer<typeof NewChat>

export const SeriesMessageKind = z.enum(['announcement', 'thread'])
export type SeriesMessageKind = z.infer<typeof SeriesMessageKind>
/** POST /api/series/{seriesId}/messages. Announcements are the trainer's. */
export const NewSeriesMessage = z.object({ messageId: MessageId, kind: SeriesMessageKind, text: words(THREAD_MAX) }).strict()
export type NewSeriesMessage = z.infer<typeof NewSeriesMessage>

const said = {
  messageId: z.string(),
  /** As they called themselves. */
  name: z.string(),
  role: z.enum(['host', 'member']),
  /** Plain text, '' once deleted. Never markup. */
  text: z.string(),
  /** UTC ms. */
  at: z.number(),
  deletedBy: z.enum(['author', 'trainer']).nullable(),
}
/** What was said in a class. */
export const RoomMessage = z.object({ ...said, participantId: z.string().nullable() })
export type RoomMessage = z.infer<typeof RoomMessage>
/** What was said between classes; `mine`: by whoever asks. */
export const SeriesMessage = z.object({ ...said, kind: SeriesMessageKind, mine: z.boolean() })
export type SeriesMessage = z.infer<typeof SeriesMessage>

/** Oldest first. */
export const RoomMessages = z.object({ messages: z.array(RoomMessage) })
/** Oldest first; `earlier`: there is more before the first. */
export const SeriesMessages = z.object({ messages: z.array(SeriesMessage), earlier: z.boolean() })
export type SeriesMessages = z.infer<typeof SeriesMessages>
