import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Profile, ProfileChange } from '@/lib/accounts/profile'
import { ProfileForm } from './profile-form'

let sent: unknown[]
const SAID: Profile = { name: 'Ines', birthYear: null, sex: null, heightCm: 170, weightKg: 61.2, hrmaxBpm: null, hrrestBpm: null, thresholdWatts: null, effortOnly: false, units: 'metric', timezone: null, keepDays: 30 }

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 22) })
  sent = []
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    sent.push(JSON.parse(String(init.body)))
    return Response.json({})
  })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
const open = (change: Partial<Profile> = {}) => render(<ProfileForm profile={{ ...SAID, ...change }} timezones={['Europe/Berlin', 'America/New_York']} />)
const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label)
const type = (label: string, value: string) => fireEvent.change(field(label), { target: { value } })
const save = () => fireEvent.click(screen.getByRole('button', { name: 'Save' }))

describe('the profile', () => {
  it('marks a maximum that is guessed from the age, and stops guessing when there is an own one', () => {
    open()
    expect(screen.getByText(/your zones are not known/)).toBeTruthy()
    type('Birth year', '1974')
    // Tanaka: 208 − 0.7 · 52 = 171.6
    expect(screen.getByText(/Left empty, we use 172: a guess from your age/)).toBeTruthy()
    type('Own maximum heart rate', '181')
    expect(screen.queryByText(/a guess from your age/)).toBeNull()
  })

  it('shows the person’s units and keeps ours, without drifting', async () => {
    open()
    fireEvent.click(screen.getByLabelText('lb and in'))
    expect(field('Weight').value).toBe('134.9')
    expect(field('Height').value).toBe('66.9')
    type('Weight', '135')
    save()
    await waitFor(() => expect(sent).toHaveLength(1))
    const change = ProfileChange.parse(sent[0])
    expect(change).toMatchObject({ units: 'imperial', heightCm: 170, birthYear: null, sex: null, timezone: null })
    expect(change.weightKg).toBeCloseTo(61.235, 3)
    expect(screen.getByText('Saved. It counts from your next class on.')).toBeTruthy()
  })

  it('says the range in the person’s units beside the field, and sends nothing', async () => {
    open({ units: 'imperial' })
    type('Weight', '20')
    type('Birth year', 'seventies')
    save()
    expect(await screen.findByText('This should be between 56 and 771.')).toBeTruthy()
    expect(screen.getByText('Type a number.')).toBeTruthy()
    expect(sent).toEqual([])
  })

  it('takes effort instead of zones as one switch', async () => {
    open()
    fireEvent.click(screen.getByRole('switch', { name: 'Use effort 1–10 instead of zones' }))
    save()
    await waitFor(() => expect(sent[0]).toMatchObject({ effortOnly: true }))
  })
})
