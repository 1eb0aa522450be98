import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { HeartConsent, HeartSession, HeartView } from '@/lib/room/room-view'
import { FLOW_START, heartStep } from './heart-flow'
import { HeartPanel } from './heart-panel'
import { useStore } from './use-store'

afterEach(cleanup)

const IDLE: HeartView = {
  pairing: { possible: true },
  rememberedName: null,
  sensor: { state: 'idle' },
  motion: { sensor: { state: 'idle' }, now: null },
  own: { state: 'none', why: 'never', sinceMs: null },
  profile: { birthYear: null, hrmaxBpm: null, hrrestBpm: null, effortOnly: false },
  hrmax: null,
  consent: null,
  hidden: false,
  pendingChunks: 0,
}
const LIVE = { state: 'live', name: 'Polar H10', batteryPct: 80 } as const

/** A heart that answers as the real one does: a strap at once, a maximum from an age. Every call is written down in order. */
function heartAtHand(start: Partial<HeartView> = {}) {
  let view: HeartView = { ...IDLE, ...start }
  const listeners = new Set<() => void>()
  const calls: string[] = []
  const set = (change: Partial<HeartView>) => {
    view = { ...view, ...change }
    listeners.forEach((listener) => listener())
  }
  const session: HeartSession = {
    get view() {
      return view
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async connectStrap() {
      calls.push('connect')
      set({ sensor: LIVE })
    },
    async connectReplay(file, speed) {
      calls.push(`replay ${file.byteLength} bytes at ${speed}`)
      set({ sensor: LIVE })
    },
    disconnect() {
      calls.push('disconnect')
      set({ sensor: { state: 'idle' } })
    },
    async connectMotion() {
      calls.push('connect bike')
      set({ motion: { sensor: { ...LIVE, name: 'KICKR' }, now: { watts: 205, cadence: 90, speed: 833 } } })
    },
    disconnectMotion() {
      calls.push('disconnect bike')
      set({ motion: { sensor: { state: 'idle' }, now: null } })
    },
    async setConsent(consent: HeartConsent) {
      calls.push(`consent ${consent.live} ${consent.keep ? 'keep' : 'no keep'} ${consent.shareSummary}`)
      set({ consent })
    },
    setHidden(hidden) {
      calls.push(`hidden ${hidden}`)
      set({ hidden })
    },
    setEffort(effort) {
      calls.push(`effort ${effort}`)
      set({ own: { state: 'effort', effort, ageMs: 0 } })
    },
    async setProfile(change) {
      calls.push(`profile ${JSON.stringify(change)}`)
      const profile = { ...view.profile, ...change }
      set({
        profile,
        hrmax:
          profile.hrmaxBpm !== null
            ? { bpm: profile.hrmaxBpm, source: 'own' }
            : profile.birthYear !== null
              ? { bpm: 172, source: 'estimated' }
              : null,
      })
    },
  }
  return { session, calls, set }
}

const Sheet = ({
  session,
  classReach = 'everyone',
  onClose,
}: {
  session: HeartSession
  classReach?: 'trainer' | 'everyone'
  onClose: () => void
}) => {
  const [flow, setFlow] = useState(FLOW_START)
  return (
    <HeartPanel
      heart={useStore(session)}
      session={session}
      trainer="Vera"
      classReach={classReach}
      flow={flow}
      onFlow={setFlow}
      onClose={onClose}
    />
  )
}
const open = (start: Partial<HeartView> = {}, classReach?: 'trainer' | 'everyone') => {
  const heart = heartAtHand(start)
  const onClose = vi.fn()
  render(<Sheet session={heart.session} classReach={classReach} onClose={onClose} />)
  return { ...heart, onClose }
}
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))
const choose = (name: string | RegExp) => fireEvent.click(screen.getByRole('radio', { name }))
const settled = () => vi.waitFor(() => expect(document.querySelector('[aria-busy]')).toBeNull())

describe('the way to a live heart rate', () => {
  it('card → chooser → consent → question → live, and nothing before consent', async () => {
    const { calls } = open()
    expect(screen.getAllByRole('listitem')).toHaveLength(3)
    press('Search')
    expect(calls).toEqual(['connect'])
    expect(screen.getByText('Who may see your heart rate?')).toBeTruthy()
    expect(screen.getAllByRole('radio').filter((radio) => (radio as HTMLInputElement).checked)).toEqual([])

    press('Start')
    expect(screen.getByText(/Answer each question to start/)).toBeTruthy()
    expect(calls).toEqual(['connect'])

    choose('Vera and me')
    choose('Yes, every second')
    choose(/^My summary Time/)
    press('Start')
    await settled()
    expect(calls).toEqual(['connect', 'consent trainer keep summary'])

    expect(screen.getByText('One question, if you like')).toBeTruthy()
    fireEvent.change(screen.getByLabelText('Year of birth'), { target: { value: '1974' } })
    press('Use this')
    await screen.findByText('172 is a guess from your age.')
    press('Use the guess for now')
    expect(screen.getByText('Polar H10 is connected')).toBeTruthy()
    expect(screen.getByText('Zones from a guess, 172')).toBeTruthy()
    expect(screen.getByText(/Vera sees your heart rate\. It is saved/)).toBeTruthy()
  })

  it('"Not now" before consent disconnects and leaves nothing behind', () => {
    const { calls, onClose } = open()
    press('Search')
    press('Not now')
    expect(calls).toEqual(['connect', 'disconnect'])
    expect(onClose).toHaveBeenCalledOnce()
  })

  it('what is not saved cannot be shared later', async () => {
    const { calls } = open()
    press('Search')
    choose('Only me')
    choose(/^No, live only/)
    expect(screen.queryByText('What does Vera see after class?')).toBeNull()
    press('Start')
    await settled()
    expect(calls.at(-1)).toBe('consent me no keep no')
  })

  it('the class can only narrow: "everyone" is not offered where it allows the trainer only', () => {
    open({ sensor: LIVE }, 'trainer')
    expect(screen.queryByRole('radio', { name: 'Everyone in this class' })).toBeNull()
    expect(screen.getByText('In this class heart rates go to Vera at most.')).toBeTruthy()
  })

  it('next time: one line, as last time, with a way to change it', async () => {
    const { calls } = open({ consent: { live: 'trainer', keep: true, shareSummary: 'summary' }, hrmax: { bpm: 182, source: 'own' } })
    press('Search')
    expect(screen.queryByText('Who may see your heart rate?')).toBeNull()
    expect(screen.getByText(/Vera sees your heart rate, as last time\./)).toBeTruthy()
    press('Change')
    expect((screen.getByRole('radio', { name: 'Vera and me' }) as HTMLInputElement).checked).toBe(true)
    choose('Only me')
    press('Start')
    await settled()
    expect(calls.at(-1)).toBe('consent me keep summary')
    expect(screen.getByText(/Only you see your heart rate\./)).toBeTruthy()
  })

  it('an old "everyone" means the trainer where the class allows no more', () => {
    open({ sensor: LIVE, consent: { live: 'everyone', keep: true, shareSummary: 'no' }, hrmax: { bpm: 182, source: 'own' } }, 'trainer')
    expect(screen.getByText(/Vera sees your heart rate, as last time\./)).toBeTruthy()
  })

  it('"Hide me" is one tap, and one back', () => {
    const { calls } = open({
      sensor: LIVE,
      consent: { live: 'trainer', keep: true, shareSummary: 'no' },
      hrmax: { bpm: 182, source: 'own' },
    })
    press('Hide me')
    press('Show me again')
    expect(calls).toEqual(['hidden true', 'hidden false'])
  })

  it('medication or pregnancy: effort instead, from the question', async () => {
    const { calls } = open({ sensor: LIVE, consent: { live: 'trainer', keep: true, shareSummary: 'no' } })
    press(/use effort instead/)
    await settled()
    expect(calls).toEqual(['profile {"effortOnly":true}'])
  })

  it('refuses a year that is none and asks for nothing else', () => {
    const { calls } = open({ sensor: LIVE, consent: { live: 'trainer', keep: true, shareSummary: 'no' } })
    fireEvent.change(screen.getByLabelText('Year of birth'), { target: { value: '74' } })
    press('Use this')
    expect(screen.getByText(/^A year from/)).toBeTruthy()
    press('Skip')
    expect(calls).toEqual([])
    expect(screen.getByText('Zone not known yet')).toBeTruthy()
  })

  it('effort: consent first, then one tap', async () => {
    const { calls } = open()
    press('Use effort 1–10')
    expect(screen.getByText('Who may see your effort?')).toBeTruthy()
    choose('Vera and me')
    choose('Yes, each tap')
    choose('Nothing')
    press('Start')
    await settled()
    press('Effort 7 of 10')
    expect(calls).toEqual(['consent trainer keep no', 'effort 7'])
    expect(screen.getByRole('button', { name: 'Effort 7 of 10' }).getAttribute('aria-pressed')).toBe('true')
  })

  it('an iPhone or Firefox is told so, without a search that cannot work', () => {
    open({ pairing: { possible: false, trouble: 'unsupported' } })
    expect(screen.getByText('This browser cannot connect to a strap.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Search' })).toBeNull()
    expect(screen.getByRole('button', { name: 'Use effort 1–10' })).toBeTruthy()
  })

  it('not found: says that the class goes on, what helps, and how to go on without', () => {
    const { onClose } = open({ sensor: { state: 'failed', trouble: 'not_found', name: null } })
    expect(screen.getByText('No strap found yet. The class goes on.')).toBeTruthy()
    expect(screen.getAllByRole('listitem')).toHaveLength(3)
    press('Go on without it')
    expect(onClose).toHaveBeenCalledOnce()
  })

  it('plays a recording behind a quiet entry', async () => {
    const { calls } = open()
    fireEvent.change(screen.getByLabelText('FIT file'), { target: { files: [new File([new Uint8Array(12)], 'run.fit')] } })
    fireEvent.change(screen.getByLabelText('Speed'), { target: { value: '60' } })
    press('Play')
    await vi.waitFor(() => expect(calls).toEqual(['replay 12 bytes at 60']))
    expect(screen.getByText('Who may see your heart rate?')).toBeTruthy()
  })
})

describe('the step of the flow', () => {
  it('is consent for as long as there is none, whatever else is known', () => {
    const known = { ...IDLE, sensor: LIVE, hrmax: { bpm: 180, source: 'own' } as const }
    expect(heartStep(known, { ...FLOW_START, asked: true })).toEqual({ step: 'consent', about: 'heart-rate' })
    expect(
      heartStep({ ...known, sensor: { state: 'reconnecting', name: 'H10', trouble: 'out_of_range', attempt: 1, sinceMs: 0 } }, FLOW_START)
        .step,
    ).toBe('consent')
  })
})

describe('a bike', () => {
  it('alone asks the same consent before anything leaves, and then stands under the strap’s own way', async () => {
    const { calls } = open()
    press('Add a bike or foot pod')
    expect(screen.getByText('Who may see your heart rate and power?')).toBeTruthy()
    choose('Vera and me')
    choose(/^No, live only/)
    press('Start')
    await settled()
    expect(calls).toEqual(['connect bike', 'consent trainer no keep no'])
    expect(screen.getByText('KICKR is connected')).toBeTruthy()
    expect(await screen.findByText(/Vera sees your power and speed\./)).toBeTruthy()
    press('Hide me')
    press('Show me again')
    expect(calls.splice(2)).toEqual(['hidden true', 'hidden false'])
    expect(screen.getByRole('button', { name: 'Search' })).toBeTruthy()
    press('Disconnect it')
    expect(calls.at(-1)).toBe('disconnect bike')
  })

  it('that is refused consent is let go', () => {
    const { calls } = open()
    press('Add a bike or foot pod')
    press('Not now')
    expect(calls).toEqual(['connect bike', 'disconnect', 'disconnect bike'])
  })
})
