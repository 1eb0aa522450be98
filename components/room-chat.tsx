'use client'
import { useEffect, useState } from 'react'
import { CHAT_KEPT_DAYS, CHAT_MAX } from '@/lib/classes/message'
import type { TalkLine } from '@/lib/room/talk'
import { MessageComposer } from './message-composer'
import { MessageItem } from './message-item'
import { MessageLog } from './message-log'
import { ReactionRow } from './reaction-row'
import { Confirm, type Question } from './room-confirm'
import { type Talking, useTalk, useTalking } from './room-talk'
import { talkStrings as words } from './strings-talk'
import { Button } from './ui-button'

/** The chat of the class, in a panel: reactions, what was said, and a field. */
export const RoomChat = () => {
  const talking = useTalking()
  return talking ? <Chat talking={talking} /> : null
}

const Chat = ({ talking }: { talking: Talking }) => {
  const { talk, draft } = talking
  const { lines, listed } = useTalk()
  const [question, setQuestion] = useState<Question | null>(null)
  useEffect(() => {
    talk.watch(true)
    return () => talk.watch(false)
  }, [talk])
  const last = lines.at(-1)
  return (
    <div className="flex h-[min(30rem,75dvh)] min-h-0 shrink flex-col gap-2 landscape:h-auto landscape:grow">
      <ReactionRow className="shrink-0 [@media(max-height:26rem)]:hidden" />
      <div className="relative min-h-0 grow">
        <MessageLog
          last={last && idOf(last)}
          own={last !== undefined && (last.state === 'outgoing' || last.mine)}
          empty={listed ? words.empty : null}
        >
          {lines.map((line) => (
            <Line key={idOf(line)} line={line} talking={talking} ask={setQuestion} />
          ))}
        </MessageLog>
      </div>
      <div className="shrink-0 space-y-1">
        <MessageComposer label={words.write} max={CHAT_MAX} draft={draft} onSend={(text) => talk.say(text)} />
        <p className="text-small text-soft [@media(max-height:26rem)]:hidden">{words.kept(CHAT_KEPT_DAYS)}</p>
      </div>
      <Confirm question={question} onDone={() => setQuestion(null)} />
    </div>
  )
}

const idOf = (line: TalkLine): string => (line.state === 'posted' ? line.message.messageId : line.messageId)
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

const Line = ({ line, talking, ask }: { line: TalkLine; talking: Talking; ask: (question: Question) => void }) => {
  const { talk, host } = talking
  if (line.state === 'outgoing') {
    const { messageId, text, failure } = line
    return (
      <MessageItem name="" role="member" text={text} mine deletedBy={null} time={null}>
        {failure ? (
          <div role="alert" className="flex flex-wrap items-center justify-end gap-x-2 text-small">
            <span className="text-danger">
              {words.failed} {failure.message}
            </span>
            {failure.lasting ? null : (
              <Button variant="quiet" onClick={() => talk.again(messageId)}>
                {words.again}
              </Button>
            )}
            <Button variant="quiet" onClick={() => talk.drop(messageId)}>
              {words.drop}
            </Button>
          </div>
        ) : (
          <p className="px-1 text-small text-soft">{words.sending}</p>
        )}
      </MessageItem>
    )
  }
  const { message, mine } = line
  const { messageId, at, name } = message
  const remove = () =>
    ask({
      title: mine ? words.deleteTitle : words.removeTitle(name),
      text: words.deleteText,
      yes: mine ? words.deleteYes : words.removeYes,
      danger: true,
      run: () => talk.remove(messageId),
    })
  const time = <time dateTime={new Date(at).toISOString()}>{clock.format(at)}</time>
  return <MessageItem {...message} mine={mine} time={time} onDelete={mine || host ? remove : undefined} />
}
