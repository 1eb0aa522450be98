import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SignInForm } from './sign-in-form'

let sent: Array<{ url: string; body: unknown }>
let answer: () => Response
const CODE = '482913'

/** Our API and next-auth's, over HTTP. */
const serve = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
  const url = new URL(String(input), 'http://localhost:3000').pathname
  if (url === '/api/auth/providers') return Response.json({ challenge: { id: 'challenge', type: 'credentials' } })
  if (url === '/api/auth/csrf') return Response.json({ csrfToken: 'csrf' })
  if (url === '/api/auth/callback/challenge') {
    const given = new URLSearchParams(String(init?.body))
    sent.push({ url, body: given.get('code') })
    return given.get('code') === CODE ? Response.json({ url: 'http://localhost:3000/home' }) : Response.json({ url: 'http://localhost:3000/sign-in?error=invalid_code' }, { status: 401 })
  }
  if (url === '/api/auth/session') return Response.json({})
  sent.push({ url: String(input), body: JSON.parse(String(init?.body)) })
  return answer()
}

const led: string[] = []
beforeEach(() => {
  sent = []
  led.length = 0
  answer = () => Response.json({ challengeId: 'sic_1' })
  vi.stubGlobal('fetch', serve)
  vi.spyOn(window.location, 'assign').mockImplementation((to) => void led.push(String(to)))
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })
const askForCode = () => fireEvent.click(screen.getByRole('button', { name: 'Mail me a code' }))
const toCode = async () => {
  render(<SignInForm isNew={false} returnTo="/c/thursday" />)
  type('E-mail address', ' ana@example.com ')
  askForCode()
  return await screen.findByLabelText('Six-digit code')
}

describe('signing in', () => {
  it('asks a known trainer for the address only, then for the code in the same tab', async () => {
    const field = await toCode()
    expect(sent).toEqual([{ url: '/api/sign-in', body: { email: 'ana@example.com', returnTo: '/c/thursday' } }])
    expect(field.getAttribute('autocomplete')).toBe('one-time-code')
    expect(screen.getByText(/We sent a six-digit code to ana@example.com/)).toBeTruthy()
  })

  it('sends a new trainer’s name along', async () => {
    render(<SignInForm isNew returnTo="/classes/new" />)
    type('Your name', 'Mara Lind')
    type('E-mail address', 'mara@example.com')
    askForCode()
    await screen.findByLabelText('Six-digit code')
    expect(sent[0]?.body).toEqual({ name: 'Mara Lind', email: 'mara@example.com', returnTo: '/classes/new' })
  })

  it('takes a guest’s classes along: the class says whose they are', async () => {
    render(<SignInForm isNew={false} returnTo="/summaries/cls_1?kept=1" claim={{ classId: 'cls_1', name: 'Mia', trainer: 'Tess' }} />)
    expect(screen.getByText(/Everything that you did as Mia in Tess’s classes/)).toBeTruthy()
    expect(screen.queryByText('New here?')).toBeNull()
    type('E-mail address', 'mia@example.com')
    askForCode()
    await screen.findByLabelText('Six-digit code')
    expect(sent).toEqual([{ url: '/api/sign-in?classId=cls_1', body: { email: 'mia@example.com', returnTo: '/summaries/cls_1?kept=1', claim: true } }])
  })

  it('says what is wrong beside each field, and sends nothing', async () => {
    render(<SignInForm isNew returnTo="/classes/new" />)
    type('E-mail address', 'mara at example')
    askForCode()
    expect(await screen.findByText('Type the name that your members know you by.')).toBeTruthy()
    expect(screen.getByText(/This does not look like an e-mail address/)).toBeTruthy()
    expect(document.activeElement).toBe(screen.getByLabelText('Your name'))
    expect(sent).toEqual([])
  })

  it('says the server’s own sentence when it refuses', async () => {
    answer = () => Response.json({ error: { code: 'too_many_requests', message: 'Wait a minute and try again.' }, requestId: 'req_1' }, { status: 429 })
    render(<SignInForm isNew={false} returnTo="/home" />)
    type('E-mail address', 'ana@example.com')
    askForCode()
    expect((await screen.findByRole('alert')).textContent).toBe('Wait a minute and try again.')
  })

  it('signs in by itself with the sixth digit, pasted with a space or typed', async () => {
    fireEvent.change(await toCode(), { target: { value: '482 913' } })
    await waitFor(() => expect(led).toEqual(['/c/thursday']))
    expect(sent.filter(({ url }) => url.startsWith('/api/auth')).map(({ body }) => body)).toEqual([CODE])
  })

  it('says that a code does not match, and lets it be corrected', async () => {
    const field = await toCode()
    fireEvent.change(field, { target: { value: '000000' } })
    expect(await screen.findByText(/This code does not match/)).toBeTruthy()
    expect(led).toEqual([])
    fireEvent.change(field, { target: { value: CODE } })
    await waitFor(() => expect(led).toEqual(['/c/thursday']))
  })

  it('sends another code after 30 s, not before', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] })
    await toCode()
    answer = () => Response.json({ challengeId: 'sic_2' })
    const again = () => screen.getByRole<HTMLButtonElement>('button', { name: /Send another code/ })
    expect(again().disabled).toBe(true)
    await vi.advanceTimersByTimeAsync(28_000)
    expect(again().disabled).toBe(true)
    await vi.advanceTimersByTimeAsync(2_500)
    await waitFor(() => expect(again().disabled).toBe(false))
    fireEvent.click(again())
    expect((await screen.findByRole('status')).textContent).toBe('A new code is on its way. Use the one from the newest mail.')
    expect(sent).toHaveLength(2)
  })
})
