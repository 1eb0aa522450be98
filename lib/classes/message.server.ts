import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { db, type Prisma } from '@/lib/platform/db.server'
import { emit } from '@/lib/platform/event.server'
import type { Participant } from './actor.server'
import type { SeriesPerson } from './belonging.server'
import { messagePosted } from './class-event'
import {
  CHAT_KEPT_DAYS,
  MESSAGES_READ,
  type NewChat,
  type NewSeriesMessage,
  type RoomMessage,
  type SeriesMessage,
  type SeriesMessageKind,
  type SeriesMessages,
  THREAD_KEPT_DAYS,
} from './message'

type Row = Prisma.MessageGetPayload<Record<never, never>>
const DAY_MS = 24 * 60 * 60_000
const NEWEST_FIRST = [{ createdAt: 'desc' }, { id: 'desc' }] as const satisfies Prisma.MessageOrderByWithRelationInput[]

/** Words in a room. The same id again: the same message. Throws `class_over`, `class_cancelled`, `conflict`. */
export async function postChat(author: Participant, { messageId, text }: NewChat): Promise<RoomMessage> {
  const { seriesId } = await requireOpenTalk(author.classId)
  const { classId, personId, name } = author
  const row = await postOnce({ id: messageId, kind: 'chat', seriesId, classId, personId, name, text }, CHAT_KEPT_DAYS)
  return { ...said(row, author.hostId), participantId: author.participantId }
}

/** The last words of a class, oldest first. */
export async function listChat({ classId, hostId }: Participant): Promise<RoomMessage[]> {
  const rows = await db.message.findMany({
    where: { classId, kind: 'chat', expiresAt: { gt: new Date(now()) } },
    orderBy: NEWEST_FIRST,
    take: MESSAGES_READ,
  })
  const authors = [...new Set(rows.map(({ personId }) => personId))]
  const seats = await db.participant.findMany({ where: { classId, personId: { in: authors } }, select: { id: true, personId: true } })
  const seatOf = new Map(seats.map(({ id, personId }) => [personId, id]))
  return rows.reverse().map((row) => ({ ...said(row, hostId), participantId: seatOf.get(row.personId) ?? null }))
}

/** Words between classes; those who asked to hear them are told by a job. Throws `not_allowed`, `conflict`, `unavailable`. */
export async function postToSeries(author: SeriesPerson, { messageId, kind, text }: NewSeriesMessage): Promise<SeriesMessage> {
  if (kind === 'announcement' && author.role !== 'host') throw new AppError('not_allowed', 'Only the trainer can announce something here.')
  const { seriesId, personId, name } = author
  const row = await postOnce({ id: messageId, kind, seriesId, classId: null, personId, name, text }, THREAD_KEPT_DAYS)
  // Said again when it is sent again: under one id it is one event, and a runner that was away hears of it after all.
  if (row.deletedAt === null) await emit(messagePosted, { messageId }, `message-posted:${messageId}`)
  return seriesMessage(row, author, kind)
}

/** One page, oldest first: the newest, or those before the message that is given. */
export async function listSeriesMessages(reader: SeriesPerson, kind: SeriesMessageKind, before?: string): Promise<SeriesMessages> {
  const rows = await db.message.findMany({
    where: { seriesId: reader.seriesId, kind, expiresAt: { gt: new Date(now()) } },
    orderBy: NEWEST_FIRST,
    take: MESSAGES_READ + 1,
    ...(before === undefined ? {} : { cursor: { id: before }, skip: 1 }),
  })
  const page = rows.slice(0, MESSAGES_READ).reverse()
  return { messages: page.map((row) => seriesMessage(row, reader, kind)), earlier: rows.length > MESSAGES_READ }
}

/** The text goes, the row says who took it away. Again: nothing changes. */
export async function deleteMessage(messageId: string, by: 'author' | 'trainer'): Promise<void> {
  await db.message.updateMany({ where: { id: messageId, deletedAt: null }, data: { text: '', deletedAt: new Date(now()), deletedBy: by } })
}

/** What was kept long enough. Returns how many. */
export async function forgetOldMessages(): Promise<number> {
  return (await db.message.deleteMany({ where: { expiresAt: { lte: new Date(now()) } } })).count
}

/** While anybody may still be in the room. */
export async function requireOpenTalk(classId: string): Promise<{ seriesId: string }> {
  const { seriesId, status, closedAt } = await db.liveClass.findUniqueOrThrow({ where: { id: classId } })
  if (status === 'cancelled') throw new AppError('class_cancelled', 'The trainer has cancelled this class.')
  if (closedAt !== null) throw new AppError('class_over', 'The room is closed.')
  return { seriesId }
}

type New = Pick<Row, 'id' | 'kind' | 'seriesId' | 'classId' | 'personId' | 'name' | 'text'>

async function postOnce(data: New, keptDays: number): Promise<Row> {
  const at = now()
  const times = { createdAt: new Date(at), expiresAt: new Date(at + keptDays * DAY_MS) }
  await db.message.createMany({ data: { ...data, ...times }, skipDuplicates: true })
  const row = await db.message.findUniqueOrThrow({ where: { id: data.id } })
  const own = row.personId === data.personId && row.kind === data.kind && row.seriesId === data.seriesId && row.classId === data.classId
  if (!own) throw new AppError('conflict', 'This message could not be sent. Write it again.')
  return row
}

const said = (row: Row, hostId: string) =>
  ({
    messageId: row.id,
    name: row.name,
    role: row.personId === hostId ? 'host' : 'member',
    text: row.text,
    at: row.createdAt.getTime(),
    deletedBy: row.deletedAt === null ? null : row.deletedBy === 'trainer' ? 'trainer' : 'author',
  }) as const

const seriesMessage = (row: Row, { personId, hostId }: SeriesPerson, kind: SeriesMessageKind): SeriesMessage => ({
  ...said(row, hostId),
  kind,
  mine: row.personId === personId,
})
