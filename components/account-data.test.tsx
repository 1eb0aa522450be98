import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { AccountData } from './account-data'

let sent: Array<{ call: string; body: unknown }>
let answer: () => Response
const led: string[] = []

/** Our API and next-auth's, over HTTP. */
const serve = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
  const { pathname } = new URL(String(input), 'http://localhost:3000')
  if (pathname === '/api/auth/csrf') return Response.json({ csrfToken: 'csrf' })
  if (pathname === '/api/auth/session') return Response.json({})
  if (pathname === '/api/auth/signout') {
    sent.push({ call: 'sign out', body: null })
    return Response.json({ url: 'http://localhost:3000/' })
  }
  sent.push({ call: `${init?.method} ${pathname}`, body: JSON.parse(String(init?.body)) })
  return answer()
}
beforeEach(() => {
  sent = []
  led.length = 0
  answer = () => new Response(null, { status: 204 })
  vi.stubGlobal('fetch', serve)
  vi.spyOn(window.location, 'replace').mockImplementation((to) => void led.push(new URL(String(to)).pathname))
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const confirm = (typed: string) => {
  fireEvent.change(screen.getByLabelText(/^To go on, type DELETE or ana@example.com/), { target: { value: typed } })
  fireEvent.click(screen.getByRole('button', { name: 'Delete everything' }))
}
const open = () => {
  render(<AccountData email="ana@example.com" />)
  fireEvent.click(screen.getByRole('button', { name: 'Delete my account' }))
}

it('offers everything as a file', () => {
  render(<AccountData email="ana@example.com" />)
  const link = screen.getByRole('link', { name: 'Download everything' })
  expect([link.getAttribute('href'), link.hasAttribute('download')]).toEqual(['/api/account/export', true])
})

it('says what goes, also for a trainer, and sends nothing until the word or the address is typed', async () => {
  open()
  expect(screen.getByText(/Your profile, your recordings and summaries in every class/)).toBeTruthy()
  expect(screen.getByText(/the series with their links, every class, your guests, and what members recorded in them/)).toBeTruthy()
  for (const typed of ['', 'delete', 'bo@example.com']) {
    confirm(typed)
    expect(await screen.findByText('Type the word DELETE in capitals, or your e-mail address.')).toBeTruthy()
  }
  expect(sent).toEqual([])
})

it.each(['DELETE', ' Ana@Example.com '])('deletes on "%s", then signs out to the front page', async (typed) => {
  open()
  confirm(typed)
  await waitFor(() => expect(led).toEqual(['/']))
  expect(sent).toEqual([
    { call: 'DELETE /api/account', body: { confirm: typed.trim() } },
    { call: 'sign out', body: null },
  ])
})

it('stays signed in when the server refuses, in its words', async () => {
  answer = () => Response.json({ error: { code: 'unavailable', message: 'Not now. Try again.' } }, { status: 503 })
  open()
  confirm('DELETE')
  expect(await screen.findByText('Not now. Try again.')).toBeTruthy()
  expect(sent.map(({ call }) => call)).toEqual(['DELETE /api/account'])
  expect(led).toEqual([])
})
