'use client'
import { useEffect, useState } from 'react'
import { type SeriesMessage, type SeriesMessageKind, SeriesMessages, SeriesMessage as SeriesMessageReply, THREAD_MAX } from '@/lib/classes/message'
import { api } from '@/lib/platform/api.client'
import { AppError } from '@/lib/platform/app-error'
import { newId } from '@/lib/platform/id'
import { LocalTime } from './local-time'
import { MessageComposer } from './message-composer'
import { MessageItem } from './message-item'
import { Confirm, type Question } from './room-confirm'
import { talkStrings } from './strings-talk'
import { Button } from './ui-button'
import { Notice } from './ui-notice'

const words = talkStrings.page

const LOOK_EVERY_MS = 5_000

type SeriesTalkProps = {
  seriesId: string
  host: boolean
  timezone: string
  /** The server's time when it drew the page. */
  drawnAt: number
  announcements: SeriesMessages
  thread: SeriesMessages
}

/** Between the classes: the trainer's announcements, then everybody's thread. Audience: who belongs to the series. */
export const SeriesTalk = ({ seriesId, host, timezone, drawnAt, announcements, thread }: SeriesTalkProps) => {
  const [question, setQuestion] = useState<Question | null>(null)
  const at = { seriesId, host, timezone, drawnAt, ask: setQuestion }
  return (
    <div className="space-y-10">
      <section className="space-y-4" aria-labelledby="announcements">
        <h2 id="announcements" className="type-heading">
          {words.announcements}
        </h2>
        <Messages {...at} kind="announcement" first={announcements} writes={host} />
      </section>
      <section className="space-y-4" aria-labelledby="thread">
        <h2 id="thread" className="type-heading">
          {words.thread}
        </h2>
        <Messages {...at} kind="thread" first={thread} writes />
      </section>
      <Confirm onStage={false} question={question} onDone={() => setQuestion(null)} />
    </div>
  )
}

type MessagesProps = Pick<SeriesTalkProps, 'seriesId' | 'host' | 'timezone' | 'drawnAt'> & {
  kind: SeriesMessageKind
  first: SeriesMessages
  writes: boolean
  ask: (question: Question) => void
}
/** One that is on its way or did not arrive, under its id. */
type Unsent = { readonly messageId: string; readonly text: string; readonly problem: string | null }

const Messages = ({ seriesId, host, timezone, drawnAt, kind, first, writes, ask }: MessagesProps) => {
  const path = `/api/series/${seriesId}/messages` as const
  const [page, setPage] = useState(first)
  const [unsent, setUnsent] = useState<readonly Unsent[]>([])
  const [problem, setProblem] = useState<string | null>(null)
  const { messages, earlier } = page

  useEffect(() => {
    // What others say appears while the page is looked at; nothing asks while nobody looks.
    const refresh = () => {
      if (document.visibilityState !== 'visible') return
      void reading(() => api('GET', `${path}?kind=${kind}`, { reply: SeriesMessages })).then((next) => {
        if (next) setPage((now) => ({ messages: merged(now.messages, next.messages), earlier: now.messages.length === 0 ? next.earlier : now.earlier }))
      })
    }
    const timer = setInterval(refresh, LOOK_EVERY_MS)
    document.addEventListener('visibilitychange', refresh)
    window.addEventListener('focus', refresh)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', refresh)
      window.removeEventListener('focus', refresh)
    }
  }, [path, kind])

  const showEarlier = async () => {
    const next = await reading(() => api('GET', `${path}?kind=${kind}&before=${messages[0]?.messageId ?? ''}`, { reply: SeriesMessages }), setProblem)
    if (next) setPage((now) => ({ messages: merged(next.messages, now.messages), earlier: next.earlier }))
  }
  const send = async (messageId: string, text: string) => {
    const mark = (said: string | null) =>
      setUnsent((all) => [...all.filter((one) => one.messageId !== messageId), { messageId, text, problem: said }])
    mark(null)
    const message = await reading(() => api('POST', path, { body: { messageId, kind, text }, reply: SeriesMessageReply }), mark)
    if (!message) return
    setPage((now) => ({ ...now, messages: merged(now.messages, [message]) }))
    setUnsent((all) => all.filter((one) => one.messageId !== messageId))
  }
  const remove = (message: SeriesMessage): Question => ({
    title: message.mine ? talkStrings.deleteTitle : talkStrings.removeTitle(message.name),
    text: talkStrings.deleteText,
    yes: message.mine ? talkStrings.deleteYes : talkStrings.removeYes,
    danger: true,
    run: async () => {
      await api('DELETE', `/api/messages/${message.messageId}`)
      const gone = { ...message, text: '', deletedBy: message.mine ? ('author' as const) : ('trainer' as const) }
      setPage((now) => ({ ...now, messages: merged(now.messages, [gone]) }))
    },
  })
  const none = messages.length === 0 && unsent.length === 0
  return (
    <div className="space-y-4">
      {earlier ? (
        <Button variant="secondary" onClick={() => void showEarlier()}>
          {words.earlier}
        </Button>
      ) : null}
      {problem ? <Notice tone="error" live>{problem}</Notice> : null}
      {none ? <p className="text-base text-soft">{kind === 'thread' ? words.noThread : words.noAnnouncements}</p> : null}
      <div role="log" aria-label={kind === 'thread' ? words.thread : words.announcements}>
        <ol className="space-y-4">
          {messages.map((message) => (
            <MessageItem
              key={message.messageId}
              {...message}
              time={<LocalTime at={message.at} drawnAt={drawnAt} timezone={timezone} />}
              onDelete={message.mine || host ? () => ask(remove(message)) : undefined}
            />
          ))}
          {unsent.map(({ messageId, text, problem: why }) => (
            <MessageItem key={messageId} name="" role="member" text={text} mine deletedBy={null} time={null}>
              {why === null ? (
                <p className="px-1 text-small text-soft">{talkStrings.sending}</p>
              ) : (
                <div role="alert" className="flex flex-wrap items-center justify-end gap-x-2 text-small">
                  <span className="text-danger">
                    {talkStrings.failed} {why}
                  </span>
                  <Button variant="quiet" onClick={() => void send(messageId, text)}>
                    {talkStrings.again}
                  </Button>
                </div>
              )}
            </MessageItem>
          ))}
        </ol>
      </div>
      {writes ? (
        <div className="space-y-1.5">
          <MessageComposer
            label={kind === 'thread' ? words.write : words.writeAnnouncement}
            send={kind === 'thread' ? talkStrings.send : words.announce}
            max={THREAD_MAX}
            onSend={(text) => void send(newId('msg'), text)}
          />
          {kind === 'announcement' ? <p className="text-small text-soft">{words.announcedTo}</p> : null}
        </div>
      ) : null}
    </div>
  )
}

/** Each once, the newest word on it, in order of time. */
function merged(known: readonly SeriesMessage[], more: readonly SeriesMessage[]): SeriesMessage[] {
  const all = new Map([...known, ...more].map((message) => [message.messageId, message]))
  return [...all.values()].sort((a, b) => a.at - b.at || (a.messageId < b.messageId ? -1 : 1))
}

/** Undefined where the server could not be asked or refused; `say` gets its words. */
async function reading<T>(call: () => Promise<T>, say?: (problem: string) => void): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    say?.(error.fields?.text ?? error.message)
    return undefined
  }
}
