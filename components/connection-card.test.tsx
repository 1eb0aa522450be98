import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import type { ConnectionCard as Card } from '@/lib/sync/connections-page'
import { ConnectionCard } from './connection-card'
import { connectionStrings as say } from './strings-connections'

const AT = Date.UTC(2026, 10, 22, 18)
const polar: Card = { provider: 'polar', setUp: true, purposes: ['import'], ownerOnlyDays: null, rawDays: 30, pastDays: null, sharedWith: [], connection: null, certificate: null }
const strava: Card = { ...polar, provider: 'strava', purposes: ['import', 'upload'], ownerOnlyDays: 7, rawDays: 7, sharedWith: null }
const live = { connectionId: 'con_1', status: 'active' as const, purposes: ['import' as const], connectedAt: AT, endedAt: null, lastSyncAt: AT, problem: null, activities: 3, past: null }

const show = (card: Card, onChange = vi.fn(async () => undefined)) => {
  render(<ConnectionCard card={card} onChange={onChange} drawnAt={AT} timezone="UTC" />)
  return onChange
}
const answers: Array<{ path: string; body: unknown }> = []
vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
  answers.push({ path, body: JSON.parse(String(init.body ?? 'null')) })
  return new Response(null, { status: 204 })
})
afterEach(() => {
  cleanup()
  answers.length = 0
})

it('says what to do where a provider is not set up', () => {
  show({ ...polar, setUp: false })
  expect(screen.getByText(say.off('Polar'))).toBeTruthy()
  expect(screen.queryByRole('button')).toBeNull()
})

it('asks for purposes, none of them chosen for the person, and says who will see it', () => {
  show(strava)
  const connect = screen.getByRole('button', { name: say.connectStrava })
  expect(connect.hasAttribute('disabled')).toBe(true)
  expect(screen.getByText(say.reach.ownerOnly('Strava', 7))).toBeTruthy()
  fireEvent.click(screen.getByRole('switch', { name: say.purpose.import('Strava') }))
  expect(connect.hasAttribute('disabled')).toBe(false)
})

it('has nothing to look for where only sending was allowed, and lets bringing be added without losing it', async () => {
  show({ ...strava, connection: { ...live, purposes: ['upload'], activities: 0 } })
  expect(screen.queryByRole('button', { name: say.look })).toBeNull()
  expect(screen.queryByText(say.looked)).toBeNull()
  for (const told of [say.reach.ownerOnly('Strava', 7), say.raw(7)]) expect(screen.getByText(told)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: say.connectStrava }))
  await waitFor(() => expect(answers).toEqual([{ path: '/api/connections', body: { provider: 'strava', purposes: ['upload', 'import'] } }]))
})

it('tells a problem in words, and offers to connect again where that helps', () => {
  show({ ...polar, connection: { ...live, status: 'needs_reconnect', problem: 'reconnect' } })
  expect(screen.getByText(say.problem.reconnect('Polar'))).toBeTruthy()
  expect(screen.getByRole('button', { name: say.connectAgain('Polar') })).toBeTruthy()
})

it('shows how far the past has come', () => {
  const past = { state: 'running' as const, fromMs: 0, toMs: 1000, reachedMs: 750, page: null, found: 12, aliveMs: 0 }
  show({ ...polar, pastDays: 365, connection: { ...live, past } })
  expect(screen.getByRole('progressbar', { name: say.pastProgress(25, 12) }).getAttribute('value')).toBe('25')
})

it('disconnects only once the person has said what becomes of the data', async () => {
  const onChange = show({ ...polar, connection: live })
  fireEvent.click(screen.getByRole('button', { name: say.disconnect('Polar') }))
  const yes = await screen.findByRole('button', { name: say.yes })
  expect(yes.hasAttribute('disabled')).toBe(true)
  fireEvent.click(screen.getByRole('radio', { name: new RegExp(say.erase) }))
  fireEvent.click(yes)
  await waitFor(() => expect(onChange).toHaveBeenCalled())
  expect(answers).toEqual([{ path: '/api/connections/con_1', body: { erase: true } }])
})

it('shows the certificate of a deletion', () => {
  show({ ...polar, connection: { ...live, status: 'ended', endedAt: AT }, certificate: { certificateId: 'cer_1', completedAt: AT, counts: { activities: 3, payloads: 6, webhooks: 1 } } })
  expect(screen.getByText(/3 trainings, 6 raw copies, 1 message. Certificate cer_1/)).toBeTruthy()
})

it('says with whom what came from a source is shared, since when, and where to take it back; of what may be shared with nobody, that', () => {
  const tess = { trainerId: 'per_t', name: 'Tess Trainer', since: AT - 3_600_000 }
  show({ ...polar, sharedWith: [tess, { ...tess, trainerId: 'per_o', name: 'Otto' }], connection: live })
  expect(within(screen.getByRole('list')).getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    expect.stringMatching(/^Tess Trainer, since /),
    expect.stringMatching(/^Otto, since /),
  ])
  expect(screen.getByRole('link', { name: say.shared.change }).getAttribute('href')).toBe('/history#sharing')
  cleanup()
  show({ ...polar, connection: live })
  expect(screen.getByText(say.shared.nobody)).toBeTruthy()
  expect(screen.queryByRole('link', { name: say.shared.change })).toBeNull()
  cleanup()
  show({ ...polar, sharedWith: [tess], connection: { ...live, status: 'ended', endedAt: AT } })
  expect(screen.getByText(/Tess Trainer/), 'what was kept is still shared').toBeTruthy()
  cleanup()
  show({ ...strava, connection: live })
  expect(screen.getByText(say.shared.never('Strava'))).toBeTruthy()
  expect(screen.queryByText(/Tess/)).toBeNull()
})
