import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { SendTarget } from '@/lib/sync/sending'
import { ActivitySend } from './activity-send'
import { connectionStrings } from './strings-connections'
import { sendStrings as say } from './strings-send'

const AT = Date.UTC(2026, 10, 22, 18)
const ready: SendTarget = { provider: 'strava', access: 'ready', purposes: ['upload'], sending: null }
const state = (sending: Partial<NonNullable<SendTarget['sending']>>): SendTarget => ({ ...ready, sending: { state: 'sending', url: null, problem: null, retryAt: null, endedAt: null, ...sending } })

let asked: Array<{ method: string; path: string; body: unknown }>
/** What the server says when it is asked how far it is, in turn. */
let answers: SendTarget[]
vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
  asked.push({ method: String(init.method), path, body: JSON.parse(String(init.body ?? 'null')) })
  return init.method === 'GET' ? Response.json({ targets: [answers.shift()] }) : new Response(null, { status: 204 })
})
beforeEach(() => {
  asked = []
  answers = []
})
afterEach(cleanup)

const show = (target: SendTarget, thereToo: readonly string[] = []) =>
  render(<ActivitySend activityId="act_1" initial={[target]} thereToo={thereToo} returnTo="/history/act_1" drawnAt={AT} timezone="UTC" />)
const button = (name: string) => screen.queryByRole('button', { name })

it('is not there where nothing can be sent', () => {
  const { container } = render(<ActivitySend activityId="act_1" initial={[]} returnTo="/" drawnAt={AT} timezone="UTC" />)
  expect(container.textContent).toBe('')
})

it('sends, says that it is on its way, and looks until it is there', async () => {
  const url = 'https://www.strava.com/activities/17'
  answers = [state({}), state({ state: 'sent', url, endedAt: AT })]
  show(ready)
  fireEvent.click(screen.getByRole('button', { name: say.send('Strava') }))
  expect(await screen.findByText(say.sending('Strava'))).toBeTruthy()
  expect(button(say.send('Strava'))).toBeNull()
  const link = await screen.findByRole('link', { name: connectionStrings.viewOnStrava }, { timeout: 5_000 })
  expect(link.getAttribute('href')).toBe(url)
  expect(asked.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET'])
  expect(asked[0]).toEqual({ method: 'POST', path: '/api/activities/act_1/sendings', body: { provider: 'strava' } })
})

it('leads to connecting first, in the brand’s words, and comes back here', async () => {
  for (const [access, why] of [['not_connected', say.connectFirst('Strava')], ['reconnect', say.reconnect('Strava')], ['not_allowed', say.allow('Strava')]] as const) {
    show({ ...ready, access, purposes: ['import', 'upload'] })
    expect(screen.getByText(why)).toBeTruthy()
    expect(button(say.send('Strava'))).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: connectionStrings.connectStrava }))
    expect(asked.at(-1)).toEqual({ method: 'POST', path: '/api/connections', body: { provider: 'strava', purposes: ['import', 'upload'], returnTo: '/history/act_1#send-strava' } })
    cleanup()
  }
})

it('says until when it waits, what was refused and what to do, and that it is there already', () => {
  show(state({ problem: 'limited', retryAt: AT + 600_000 }))
  expect(screen.getByRole('status').textContent).toContain(say.waiting.limited('Strava'))
  expect(screen.getByRole('status').querySelector('time')?.dateTime).toBe('2026-11-22T18:10:00.000Z')
  cleanup()
  show(state({ state: 'refused', problem: 'unreadable' }))
  expect(screen.getByText(say.problem.unreadable('Strava'))).toBeTruthy()
  expect(button(say.again)).toBeTruthy()
  cleanup()
  show(state({ state: 'refused', problem: 'not_allowed' }))
  expect([button(connectionStrings.connectStrava), button(say.again)]).not.toContain(null)
  cleanup()
  show(state({ state: 'refused', problem: 'no_samples' }))
  expect(screen.queryByRole('button')).toBeNull()
  cleanup()
  show(state({ state: 'duplicate', url: 'https://www.strava.com/activities/9' }))
  expect(screen.getByText(say.duplicate('Strava'))).toBeTruthy()
  expect(screen.getByRole('link').getAttribute('href')).toBe('https://www.strava.com/activities/9')
  expect(screen.queryByRole('button')).toBeNull()
})

it('says before sending that the source has a recording of the same training', () => {
  show(ready, ['polar'])
  expect(screen.queryByText(say.thereToo('Strava'))).toBeNull()
  cleanup()
  show(ready, ['strava'])
  expect(screen.getByText(say.thereToo('Strava'))).toBeTruthy()
})
