import type { RoomMessage } from '@/lib/classes/message'

/** The chat of a class as one screen knows it: a pure reducer over what it was told and what was typed here. */
export type Talk = {
  /** The participant of this screen. */
  readonly me: string
  readonly posted: ReadonlyMap<string, RoomMessage>
  /** Typed here and not yet posted, in the order of typing. */
  readonly outgoing: readonly Outgoing[]
  /** By others, since the list was last on the screen. */
  readonly unread: number
  readonly watched: boolean
  /** What was said before this screen came is read, not unread. */
  readonly listed: boolean
}
export type Outgoing = { readonly messageId: string; readonly text: string; readonly failure: Failure | null }
/** `lasting`: sending it again would fail again. */
export type Failure = { readonly message: string; readonly lasting: boolean }

export type TalkEvent =
  /** The last messages, read from the server: at first, and after each break. */
  | { readonly type: 'listed'; readonly messages: readonly RoomMessage[] }
  | { readonly type: 'posted'; readonly message: RoomMessage }
  | { readonly type: 'deleted'; readonly messageId: string; readonly by: 'author' | 'trainer' }
  /** For the first time or again. */
  | { readonly type: 'sending'; readonly messageId: string; readonly text: string }
  | { readonly type: 'failed'; readonly messageId: string; readonly failure: Failure }
  | { readonly type: 'dropped'; readonly messageId: string }
  | { readonly type: 'watched'; readonly on: boolean }

/** One message on the screen. */
export type TalkLine =
  | { readonly state: 'posted'; readonly message: RoomMessage; readonly mine: boolean }
  | ({ readonly state: 'outgoing' } & Outgoing)
export type TalkView = { readonly lines: readonly TalkLine[]; readonly unread: number; readonly listed: boolean }

/** An evening's chat; beyond it the oldest go from the screen. */
export const LINES_KEPT = 200

export const emptyTalk = (me: string): Talk => ({ me, posted: new Map(), outgoing: [], unread: 0, watched: false, listed: false })

export function reduceTalk(talk: Talk, event: TalkEvent): Talk {
  switch (event.type) {
    case 'listed':
      return { ...take(talk, event.messages, talk.listed), listed: true }
    case 'posted':
      return take(talk, [event.message], true)
    case 'deleted': {
      const message = talk.posted.get(event.messageId)
      if (!message) return talk
      return { ...talk, posted: new Map(talk.posted).set(event.messageId, { ...message, text: '', deletedBy: event.by }) }
    }
    case 'sending': {
      if (talk.posted.has(event.messageId)) return talk
      const sending = { messageId: event.messageId, text: event.text, failure: null }
      const known = talk.outgoing.some(({ messageId }) => messageId === event.messageId)
      const outgoing = known
        ? talk.outgoing.map((one) => (one.messageId === event.messageId ? sending : one))
        : [...talk.outgoing, sending]
      return { ...talk, outgoing }
    }
    case 'failed':
      return {
        ...talk,
        outgoing: talk.outgoing.map((one) => (one.messageId === event.messageId ? { ...one, failure: event.failure } : one)),
      }
    case 'dropped':
      return { ...talk, outgoing: talk.outgoing.filter(({ messageId }) => messageId !== event.messageId) }
    case 'watched':
      return { ...talk, watched: event.on, unread: event.on ? 0 : talk.unread }
  }
}

/** Posted ones in the server's order, then what is still on its way. */
export const talkView = ({ me, posted, outgoing, unread, listed }: Talk): TalkView => ({
  lines: [
    ...[...posted.values()].map((message) => ({ state: 'posted' as const, message, mine: message.participantId === me })),
    ...outgoing.map((one) => ({ state: 'outgoing' as const, ...one })),
  ],
  unread,
  listed,
})

function take(talk: Talk, messages: readonly RoomMessage[], counts: boolean): Talk {
  const posted = new Map(talk.posted)
  let { unread } = talk
  for (const message of messages) {
    const known = posted.get(message.messageId)
    // A list that was read before a message was deleted may arrive after the news of it.
    if (known?.deletedBy) continue
    posted.set(message.messageId, message)
    const foreign = message.participantId !== talk.me && message.deletedBy === null
    if (!known && counts && foreign && !talk.watched) unread++
  }
  const ordered = [...posted.values()].sort((a, b) => a.at - b.at || (a.messageId < b.messageId ? -1 : 1)).slice(-LINES_KEPT)
  return {
    ...talk,
    posted: new Map(ordered.map((message) => [message.messageId, message])),
    outgoing: talk.outgoing.filter(({ messageId }) => !posted.has(messageId)),
    unread,
  }
}
