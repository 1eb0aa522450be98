import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { FollowState } from '@/lib/classes/follow'
import { FollowForm } from './follow-form'
import { noticeStrings as say } from './strings-notices'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const NOTHING: FollowState = {
  ...{ reminders: false, announcements: false, thread: false, byEmail: false, byPush: false },
  ...{ hearsThread: false, email: null, address: 'none' },
}
type Sent = { method: string; path: string; body: Record<string, unknown>; authorization: string | null }

/** A server that answers each change with what was asked. */
function serverThatKeeps(state: FollowState): Sent[] {
  const sent: Sent[] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const body = JSON.parse(String(init.body)) as Record<string, unknown>
    sent.push({ method: init.method ?? '', path, body, authorization: new Headers(init.headers).get('authorization') })
    const { email, timezone: _, ...choices } = body
    return Response.json({ ...state, ...choices, ...(typeof email === 'string' ? { email, address: 'asked' } : {}) })
  })
  return sent
}
const draw = (initial: FollowState, change: object = {}) =>
  render(<FollowForm initial={initial} trainer="Tess" reader={{ seriesId: 'ser_1', trainerId: 'per_1' }} pushKey="key" {...change} />)
const flip = (name: string) => fireEvent.click(screen.getByRole('switch', { name }))

describe('asking to be reminded', () => {
  it('takes a guest’s address first, and asks for reminders with it', async () => {
    const sent = serverThatKeeps(NOTHING)
    draw(NOTHING)
    flip(say.byEmail)
    expect(sent).toEqual([])
    fireEvent.change(screen.getByLabelText(say.email), { target: { value: ' ana@home.example ' } })
    fireEvent.click(screen.getByRole('button', { name: say.send }))
    await screen.findByText(say.emailAsked('ana@home.example'))
    expect(sent).toMatchObject([{ method: 'PUT', path: '/api/series/ser_1/follow', body: { email: 'ana@home.example', byEmail: true, reminders: true } }])
    expect(screen.queryByRole('switch', { name: say.thread })).toBeNull()
  })

  it('is one tap with an account, and each switch counts at once', async () => {
    const own: FollowState = { ...NOTHING, email: 'bo@home.example', address: 'own', hearsThread: true }
    const sent = serverThatKeeps(own)
    draw(own)
    flip(say.byEmail)
    await waitFor(() => expect(sent).toHaveLength(1))
    await screen.findByRole('switch', { name: say.thread })
    flip(say.thread)
    await waitFor(() => expect(sent.at(-1)?.body).toMatchObject({ reminders: true, thread: true, byEmail: true, byPush: false }))
  })

  it('offers a trainer only what others write', async () => {
    const own: FollowState = { ...NOTHING, email: 'tess@home.example', address: 'own', hearsThread: true }
    const sent = serverThatKeeps(own)
    draw(own, { host: true })
    flip(say.byEmail)
    await waitFor(() => expect(sent.at(-1)?.body).toMatchObject({ thread: true, reminders: false }))
    expect(screen.queryByRole('switch', { name: say.reminders })).toBeNull()
  })

  it('by a mail’s link sends the token, never the address, and does not ask this browser to be woken', async () => {
    const confirmed: FollowState = { ...NOTHING, reminders: true, byEmail: true, email: 'ana@home.example', address: 'confirmed' }
    const sent = serverThatKeeps(confirmed)
    draw(confirmed, { reader: { token: 't'.repeat(43) }, pushKey: null })
    expect(screen.queryByRole('switch', { name: say.byPush })).toBeNull()
    flip(say.reminders)
    await waitFor(() => expect(sent).toMatchObject([{ path: '/api/notices', authorization: `Bearer ${'t'.repeat(43)}` }]))
    expect(sent[0]?.body).not.toHaveProperty('email')
  })
})

it('says why a browser cannot be woken', async () => {
  draw(NOTHING)
  expect(screen.getByRole('switch', { name: say.byPush })).toHaveProperty('disabled', true)
  await screen.findByText((text) => [say.pushNone, say.pushInsecure].includes(text as typeof say.pushNone))
})
