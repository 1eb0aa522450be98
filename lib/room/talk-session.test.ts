import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApi } from '@/lib/platform/api.client'
import type { PageEvent, PageEvents } from '@/lib/telemetry/page-events.client'
import { createReactionSession } from './reaction-session.client'
import type { RoomSnapshot } from './room-event'
import { createRoomNews } from './room-news.client'
import { createTalkSession } from './talk-session.client'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

type Sent = { method: string; path: string; body: { messageId: string; text: string; reactions: unknown[] } }
/** The server's side of the calls, in the test's hand. */
function server() {
  const sent: Sent[] = []
  let down = false
  const messages = new Map<string, object>()
  const api = createApi(async (input, init) => {
    const body = (init?.body === undefined ? {} : JSON.parse(String(init.body))) as Sent['body']
    sent.push({ method: init?.method ?? 'GET', path: String(input), body })
    if (down) throw new TypeError('no network')
    if (init?.method === 'GET') return Response.json({ messages: [...messages.values()] })
    if (String(input).endsWith('/reactions') || init?.method === 'DELETE') return new Response(null, { status: 204 })
    const { messageId, text } = body
    const message = { messageId, text, name: 'Ana', role: 'member', at: messages.size, deletedBy: null, participantId: 'ana' }
    messages.set(messageId, message)
    return Response.json(message)
  })
  return { api, sent, fail: (on: boolean) => void (down = on), posts: () => sent.filter(({ method }) => method === 'POST') }
}
const settle = () => vi.advanceTimersByTimeAsync(60)
const SNAPSHOT = {} as RoomSnapshot

describe('the chat session', () => {
  const start = () => {
    const [world, news] = [server(), createRoomNews()]
    const listeners = new Set<(event: PageEvent) => void>()
    const page: PageEvents = { listen: (listener) => (listeners.add(listener), () => listeners.delete(listener)) }
    const talk = createTalkSession({ api: world.api, classId: 'cls_1', me: 'ana', news, page })
    return { ...world, news, talk, say: (event: PageEvent) => listeners.forEach((listener) => listener(event)) }
  }

  it('sends in the order of typing, one at a time', async () => {
    const { talk, posts } = start()
    for (const text of ['one', 'two', 'three']) talk.say(text)
    await settle()
    expect(posts().map(({ body }) => body.text)).toEqual(['one', 'two', 'three'])
    expect(talk.view.lines.map((line) => line.state)).toEqual(['posted', 'posted', 'posted'])
  })

  it('says what did not arrive, and sends it again under the same id when the link is back', async () => {
    const { talk, posts, fail, news } = start()
    await settle()
    fail(true)
    talk.say('hello')
    await settle()
    expect(talk.view.lines).toMatchObject([{ state: 'outgoing', text: 'hello', failure: { lasting: false } }])
    fail(false)
    news.snapshot(SNAPSHOT)
    await settle()
    expect(talk.view.lines).toMatchObject([{ state: 'posted', message: { text: 'hello' }, mine: true }])
    const ids = posts().map(({ body }) => body.messageId)
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  it('does not wait for the link to the class to notice that the network is back', async () => {
    const { talk, posts, fail, say } = start()
    await settle()
    fail(true)
    talk.say('hello')
    await settle()
    fail(false)
    say('hidden')
    await settle()
    expect(posts()).toHaveLength(1)
    say('online')
    await settle()
    expect(talk.view.lines).toMatchObject([{ state: 'posted', message: { text: 'hello' } }])
  })

  it('reads the list at first and after a break, never twice at once', async () => {
    const { sent, news } = start()
    for (let times = 0; times < 4; times++) news.snapshot(SNAPSHOT)
    await settle()
    expect(sent.filter(({ method }) => method === 'GET')).toHaveLength(2)
  })

  it('says nothing more after it is disposed', async () => {
    const { talk, news } = start()
    await settle()
    talk.dispose()
    const before = talk.view
    news.event({ type: 'message-deleted', messageId: 'msg_1', by: 'trainer' })
    await settle()
    expect(talk.view).toBe(before)
  })
})

describe('the reaction session', () => {
  const start = () => {
    const [world, news] = [server(), createRoomNews()]
    const buzzes: number[] = []
    const session = createReactionSession({ api: world.api, classId: 'cls_1', me: 'ana', news, vibrate: (ms) => void buzzes.push(ms) })
    return { ...world, news, session, buzzes, shown: () => session.view.floating.map(({ participantId, reaction }) => `${participantId} ${reaction}`) }
  }
  const reacted = (participantId: string, reaction: 'cheer' | 'high-five', to: string | null = null) =>
    ({ type: 'reacted' as const, participantId, name: participantId, reactions: [{ reaction, to }] })

  it('shows a tap at once for three seconds and sends a burst as two calls a second apart', async () => {
    const { session, posts, shown, news } = start()
    session.react('cheer')
    session.react('cheer')
    session.react('heart')
    expect(shown()).toEqual(['ana cheer', 'ana cheer', 'ana heart'])
    await vi.advanceTimersByTimeAsync(999)
    expect(posts().map(({ body }) => body.reactions.length)).toEqual([1])
    await vi.advanceTimersByTimeAsync(1)
    expect(posts().map(({ body }) => body.reactions.length)).toEqual([1, 2])
    // Their own news is on the screen already.
    news.event(reacted('ana', 'cheer'))
    news.event(reacted('ana', 'cheer'))
    expect(shown()).toHaveLength(3)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(shown()).toEqual([])
  })

  it('takes three taps in five seconds, and says when the next counts', async () => {
    const { session, posts } = start()
    for (let times = 0; times < 5; times++) session.react('fire')
    expect(session.view.ready).toBe(false)
    await vi.advanceTimersByTimeAsync(4_999)
    expect(posts().flatMap(({ body }) => body.reactions)).toHaveLength(3)
    expect(session.view.ready).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(session.view.ready).toBe(true)
  })

  it('says a high-five to whom it is for, and floats it over its sender for all', async () => {
    const { session, news, shown, buzzes } = start()
    news.event(reacted('bo', 'high-five', 'ana'))
    news.event(reacted('cy', 'high-five', 'bo'))
    expect(session.view.fives.map(({ name }) => name)).toEqual(['bo'])
    expect(shown()).toEqual(['bo high-five', 'cy high-five'])
    expect(buzzes).toEqual([80])
    await vi.advanceTimersByTimeAsync(3_000)
    expect(session.view).toMatchObject({ fives: [], floating: [] })
  })

  it('shows what the same person sent from another screen, and lets go of what could not be sent', async () => {
    const { session, news, shown, fail } = start()
    news.event(reacted('ana', 'cheer'))
    expect(shown()).toEqual(['ana cheer'])
    fail(true)
    session.react('cheer')
    await vi.advanceTimersByTimeAsync(10)
    news.event(reacted('ana', 'cheer'))
    expect(shown()).toHaveLength(3)
  })
})
