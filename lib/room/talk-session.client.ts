import { RoomMessage, RoomMessages } from '@/lib/classes/message'
import type { Api } from '@/lib/platform/api.client'
import { AppError } from '@/lib/platform/app-error'
import { newId } from '@/lib/platform/id'
import { browserPage, type PageEvents } from '@/lib/telemetry/page-events.client'
import type { RoomNews } from './room-view'
import { emptyTalk, reduceTalk, talkView, type TalkEvent, type TalkView } from './talk'
import { createViewStore } from './view-store'

/** The chat of one class on one screen. */
export interface TalkSession {
  readonly view: TalkView
  subscribe(listener: () => void): () => void
  say(text: string): void
  /** One that failed, under the same id: if it had arrived after all, it stands once. */
  again(messageId: string): void
  /** One that failed is given up. */
  drop(messageId: string): void
  remove(messageId: string): Promise<void>
  /** Whether the list is on the screen: then nothing is unread. */
  watch(on: boolean): void
  dispose(): void
}
type TalkOptions = { readonly api: Api; readonly classId: string; readonly me: string; readonly news: RoomNews; readonly page?: PageEvents }

const DRAW_MS = 50

export function createTalkSession({ api, classId, me, news, page = browserPage() }: TalkOptions): TalkSession {
  const path = `/api/classes/${classId}/messages` as const
  let talk = emptyTalk(me)
  let reading = false
  let readAgain = false
  let over = false
  /** One at a time, so that what was typed first stands first. */
  let sending: Promise<void> = Promise.resolve()
  const store = createViewStore(() => talkView(talk), DRAW_MS)

  function know(event: TalkEvent): void {
    if (over) return
    talk = reduceTalk(talk, event)
    store.draw()
  }

  async function read(): Promise<void> {
    readAgain = reading
    if (reading || over) return
    reading = true
    try {
      know({ type: 'listed', ...(await api('GET', path, { reply: RoomMessages })) })
    } catch (error) {
      // The next return of the link asks again.
      if (!(error instanceof AppError)) throw error
    } finally {
      reading = false
    }
    if (readAgain) await read()
  }

  function send(messageId: string, text: string): void {
    know({ type: 'sending', messageId, text })
    sending = sending.then(async () => {
      try {
        know({ type: 'posted', message: await api('POST', path, { body: { messageId, text }, reply: RoomMessage }) })
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        const lasting = error.code !== 'unavailable' && error.code !== 'too_many_requests'
        know({ type: 'failed', messageId, failure: { message: error.fields?.text ?? error.message, lasting } })
      }
    })
  }

  function again(messageId: string): void {
    const one = talk.outgoing.find((out) => out.messageId === messageId)
    if (one?.failure) send(messageId, one.text)
  }

  function sendFailed(): void {
    for (const { messageId, failure } of talk.outgoing) if (failure && !failure.lasting) again(messageId)
  }

  const stops = [
    news.onEvent((event) => {
      if (event.type === 'message-posted') know({ type: 'posted', message: event.message })
      else if (event.type === 'message-deleted') know({ type: 'deleted', messageId: event.messageId, by: event.by })
    }),
    // The state was read anew: news may have been missed.
    news.onSnapshot(() => {
      void read()
      sendFailed()
    }),
    // A short break is over before the link to the class has noticed it.
    page.listen((event) => (event === 'online' ? sendFailed() : undefined)),
  ]
  void read()

  return {
    get view() {
      return store.view
    },
    subscribe: store.subscribe,
    say: (text) => send(newId('msg'), text),
    again,
    drop: (messageId) => know({ type: 'dropped', messageId }),
    async remove(messageId) {
      await api('DELETE', `/api/messages/${messageId}`)
      know({ type: 'deleted', messageId, by: talk.posted.get(messageId)?.participantId === me ? 'author' : 'trainer' })
    },
    watch: (on) => know({ type: 'watched', on }),
    dispose() {
      over = true
      for (const stop of stops) stop()
      store.close()
    },
  }
}
