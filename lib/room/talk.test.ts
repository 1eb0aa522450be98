import { describe, expect, it } from 'vitest'
import type { RoomMessage } from '@/lib/classes/message'
import { emptyTalk, LINES_KEPT, reduceTalk, talkView, type Talk, type TalkEvent } from './talk'

const message = (messageId: string, participantId: string, at: number, change: Partial<RoomMessage> = {}): RoomMessage => ({
  messageId,
  participantId,
  at,
  name: participantId,
  role: 'member',
  text: `text of ${messageId}`,
  deletedBy: null,
  ...change,
})
const after = (...events: readonly TalkEvent[]): Talk => events.reduce(reduceTalk, emptyTalk('ana'))
const listed = (...messages: RoomMessage[]): TalkEvent => ({ type: 'listed', messages })
const posted = (...args: Parameters<typeof message>): TalkEvent => ({ type: 'posted', message: message(...args) })
const sending = (messageId: string): TalkEvent => ({ type: 'sending', messageId, text: `text of ${messageId}` })
const lines = (talk: Talk) => talkView(talk).lines.map((line) => (line.state === 'posted' ? line.message.messageId : `${line.messageId}?`))

describe('a chat on one screen', () => {
  it('stands in the server’s order, whatever arrived first', () => {
    const talk = after(posted('c', 'bo', 30), listed(message('a', 'bo', 10), message('b', 'cy', 20)), posted('a', 'bo', 10))
    expect(lines(talk)).toEqual(['a', 'b', 'c'])
  })

  it('has a message of one’s own once: on its way, by the news, by the answer, in either order', () => {
    const [byNews, byAnswer] = [after(sending('m'), posted('m', 'ana', 5)), after(sending('m'), posted('m', 'ana', 5), posted('m', 'ana', 5))]
    expect(lines(after(sending('m')))).toEqual(['m?'])
    expect(lines(byNews)).toEqual(['m'])
    expect(lines(byAnswer)).toEqual(['m'])
    expect(talkView(byNews).lines[0]).toMatchObject({ mine: true })
    // The answer came, then the queue starts it late.
    expect(lines(reduceTalk(byNews, sending('m')))).toEqual(['m'])
  })

  it('keeps one that failed where it was typed, until it is sent again or given up', () => {
    const failure = { message: 'No way through.', lasting: false }
    const failed = after(sending('m'), sending('n'), { type: 'failed', messageId: 'm', failure })
    expect(talkView(failed).lines).toMatchObject([{ messageId: 'm', failure }, { messageId: 'n', failure: null }])
    expect(talkView(reduceTalk(failed, sending('m'))).lines).toMatchObject([{ messageId: 'm', failure: null }, { messageId: 'n' }])
    expect(lines(reduceTalk(failed, { type: 'dropped', messageId: 'm' }))).toEqual(['n?'])
    // It had arrived after all.
    expect(lines(reduceTalk(failed, listed(message('m', 'ana', 3))))).toEqual(['m', 'n?'])
  })

  it('counts what others said while nobody looked: not what was there before, nor one’s own', () => {
    const talk = after(listed(message('old', 'bo', 1)), posted('a', 'bo', 2), posted('b', 'ana', 3), posted('c', 'cy', 4), posted('c', 'cy', 4))
    expect(talkView(talk).unread).toBe(2)
    const watched = reduceTalk(talk, { type: 'watched', on: true })
    expect(talkView(watched).unread).toBe(0)
    expect(talkView(reduceTalk(watched, posted('d', 'bo', 5))).unread).toBe(0)
    const away = reduceTalk(watched, { type: 'watched', on: false })
    // A break of the link: what was missed is unread.
    expect(talkView(reduceTalk(away, listed(message('a', 'bo', 2), message('e', 'bo', 6)))).unread).toBe(1)
  })

  it('says that a message was deleted and by whom, also when an older list comes late', () => {
    const talk = after(posted('a', 'bo', 1), { type: 'deleted', messageId: 'a', by: 'trainer' }, listed(message('a', 'bo', 1)))
    expect(talkView(talk).lines).toMatchObject([{ message: { text: '', deletedBy: 'trainer' } }])
    expect(after({ type: 'deleted', messageId: 'unknown', by: 'author' }).posted.size).toBe(0)
  })

  it('holds the last 200', () => {
    const talk = after(...Array.from({ length: 230 }, (_, index) => posted(`m${index}`, 'bo', index)))
    expect(lines(talk)).toHaveLength(LINES_KEPT)
    expect(lines(talk)[0]).toBe('m30')
  })
})
