import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SummaryErase } from './summary-erase'
import { SummaryShare } from './summary-share'

const refresh = vi.hoisted(() => vi.fn())
vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh }) }))

let sent: Array<{ call: string; body: unknown; authorization: string | null }>
let answer: () => Response
const refusal = () => Response.json({ error: { code: 'unavailable', message: 'Not now. Try again.' } }, { status: 503 })

beforeEach(() => {
  sent = []
  refresh.mockClear()
  answer = () => new Response(null, { status: 204 })
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const body: unknown = init.body === undefined ? undefined : JSON.parse(String(init.body))
    sent.push({ call: `${init.method} ${url}`, body, authorization: new Headers(init.headers).get('authorization') })
    return answer()
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

describe('what the trainer sees of a summary', () => {
  const open = () =>
    render(<SummaryShare classId="cls_1" hostName="Vera Lind" choices={{ live: 'everyone', keep: true, shareSummary: 'curve' }} />)
  const option = (name: string) => screen.getByRole<HTMLInputElement>('radio', { name })

  it('shows what counts now, and one tap hides it without touching the other choices', async () => {
    open()
    expect(screen.getByRole('group', { name: 'What Vera sees of this' })).toBeTruthy()
    expect(option('My summary with its curve').checked).toBe(true)
    fireEvent.click(option('Nothing'))
    expect(await screen.findByText('Saved. Vera sees none of your figures.')).toBeTruthy()
    expect(sent).toEqual([
      { call: 'POST /api/classes/cls_1/consents', body: { live: 'everyone', keep: true, shareSummary: 'no' }, authorization: null },
    ])
    expect(option('Nothing').checked).toBe(true)
  })

  it('falls back to what counts when it could not be written down, and says so', async () => {
    answer = refusal
    open()
    fireEvent.click(option('My summary'))
    expect(await screen.findByText('Not now. Try again.')).toBeTruthy()
    expect(option('My summary with its curve').checked).toBe(true)
    expect(screen.queryByText(/^Saved/)).toBeNull()
  })

  it('takes one choice at a time, so that the last one written is the one that is shown', async () => {
    let settle: (response: Response) => void = () => undefined
    vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
      sent.push({ call: 'held', body: JSON.parse(String(init.body)), authorization: null })
      return new Promise<Response>((resolve) => (settle = resolve))
    })
    open()
    fireEvent.click(option('Nothing'))
    fireEvent.click(option('My summary'))
    settle(new Response(null, { status: 204 }))
    expect(await screen.findByText('Saved. Vera sees none of your figures.')).toBeTruthy()
    expect(sent.map(({ body }) => body)).toEqual([{ live: 'everyone', keep: true, shareSummary: 'no' }])
    expect(option('Nothing').checked).toBe(true)
  })
})

describe('deleting a recording', () => {
  const open = (recording: { classId: string } | { token: string }) =>
    render(
      <SummaryErase recording={recording} hostName="Vera Lind">
        <p>23 min where it counts</p>
      </SummaryErase>,
    )
  const ask = () => fireEvent.click(screen.getByRole('button', { name: 'Delete this recording' }))
  const yes = () => fireEvent.click(screen.getByRole('button', { name: 'Delete it' }))
  const figures = () => screen.queryByText('23 min where it counts')

  it('says what goes and what stays before anything is sent; “not now” changes nothing', () => {
    open({ classId: 'cls_1' })
    ask()
    expect(screen.getByText(/every second that was saved .* this summary, and every link .* you were there, and how long, on Vera’s list/)).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Not now' }))
    expect(sent).toEqual([])
    expect(figures()).toBeTruthy()
  })

  it('shows no figure afterwards, and says that it is gone', async () => {
    open({ classId: 'cls_1' })
    ask()
    yes()
    expect(await screen.findByText('Your recording of this class is deleted.')).toBeTruthy()
    expect(figures()).toBeNull()
    expect(sent).toEqual([{ call: 'DELETE /api/classes/cls_1/summary', body: undefined, authorization: null }])
    expect(refresh).toHaveBeenCalledOnce()
  })

  it('by a mailed link sends its token, and leaves the page standing', async () => {
    open({ token: 'tok_1' })
    ask()
    yes()
    expect(await screen.findByText('Your recording of this class is deleted.')).toBeTruthy()
    expect(sent).toEqual([{ call: 'POST /api/summary-links/erase', body: undefined, authorization: 'Bearer tok_1' }])
    expect(refresh).not.toHaveBeenCalled()
  })

  it('keeps asking when it failed, with the reason', async () => {
    answer = refusal
    open({ classId: 'cls_1' })
    ask()
    yes()
    expect(await screen.findByText('Not now. Try again.')).toBeTruthy()
    answer = () => new Response(null, { status: 204 })
    yes()
    await waitFor(() => expect(figures()).toBeNull())
  })
})
