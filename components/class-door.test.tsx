import { act, cleanup, render, screen } from '@testing-library/react'
import { AppRouterContext, type AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ClassPlace } from '@/lib/classes/booking'
import { ClassDoor } from './class-door'
import { InsecureNotice } from './insecure-notice'

let looked = 0
const went: string[] = []
const nothing = () => undefined
const router: AppRouterInstance = { push: (path) => void went.push(path), replace: nothing, back: nothing, forward: nothing, prefetch: nothing, refresh: () => void looked++, bfcacheId: '0' }

const browser = ({ userAgent, bluetooth = false, secure = true }: { userAgent: string; bluetooth?: boolean; secure?: boolean }) => {
  vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue(userAgent)
  Object.defineProperty(window, 'isSecureContext', { configurable: true, value: secure })
  if (bluetooth) Object.defineProperty(navigator, 'bluetooth', { configurable: true, value: {} })
  else Reflect.deleteProperty(navigator, 'bluetooth')
}
const ANDROID = 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36'
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1'

beforeEach(() => {
  looked = 0
  went.length = 0
  browser({ userAgent: ANDROID, bluetooth: true })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

type View = Parameters<typeof ClassDoor>[0]['view']
const open = (view: View) =>
  render(
    <AppRouterContext.Provider value={router}>
      <ClassDoor view={view} trainer="Mara" call={null} classId="cls_1" timezone="UTC" drawnAt={0} />
    </AppRouterContext.Provider>,
  )
const link = (name: string) => screen.getByRole<HTMLAnchorElement>('link', { name }).getAttribute('href')

describe('behind the permanent link', () => {
  it('before a class: says who starts it, what to bring and which phones take a strap, and looks again by itself', async () => {
    vi.useFakeTimers()
    open({ door: 'waiting' })
    expect(screen.getByText('No class is running. When Mara starts one, this page lets you in by itself.')).toBeTruthy()
    expect(screen.getByText(/On iPhone everything works except live heart rate/)).toBeTruthy()
    await vi.advanceTimersByTimeAsync(10_500)
    expect(looked).toBe(2)
  })

  const place = (change: Partial<ClassPlace>): ClassPlace => ({
    door: 'open',
    opensAt: 0,
    startsAt: 900_000,
    capacity: 12,
    taken: 12,
    waiting: 0,
    free: false,
    mine: { is: 'none' },
    serverNow: 0,
    ...change,
  })
  const answer = (next: ClassPlace) =>
    vi.stubGlobal('fetch', vi.fn(async (path: string, init: RequestInit) => {
      asked.push(`${init.method} ${path}`)
      return path.endsWith('/join') ? new Response('{}') : Response.json(next)
    }))
  const asked: string[] = []
  const wait = (first: ClassPlace) => {
    asked.length = 0
    open({ door: 'wait', place: first, remembered: { name: 'Ana', cameraReach: 'nobody' }, nextStartsAt: Date.UTC(2026, 10, 26, 18, 30) })
  }
  const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))
  const joining = { name: 'Ana', cameraReach: 'nobody' } as const

  it('a full class says how full, when the next one is, and offers the line', () => {
    answer(place({}))
    wait(place({}))
    expect(screen.getByText('This class is full: 12 of 12.')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Wait in line' })).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Join' })).toBeNull()
    expect(screen.getByText(/The next one:/).textContent).toBe('The next one: Thu 26 Nov, 18:30')
  })

  it('says the turn in line where a screen reader hears it, and goes in by itself when the turn has come, once', async () => {
    const turn = place({ mine: { is: 'waiting', position: 1, ...joining }, waiting: 1 })
    answer(turn)
    vi.useFakeTimers()
    wait(turn)
    expect(screen.getByRole('status').textContent).toContain('You are first in line. Keep this page open and you come in by yourself when a place opens.')
    await pass(4_000)
    expect(asked.every((call) => call === 'GET /api/classes/cls_1/place')).toBe(true)
    answer(place({ mine: { is: 'booked', heldUntil: 1, ...joining }, serverNow: 1 }))
    await pass(4_000)
    expect(screen.getByRole('status').textContent).toBe('A place is yours. Coming in…')
    await pass(10_000)
    expect(asked.filter((call) => call === 'POST /api/classes/cls_1/join')).toHaveLength(1)
    expect(went).toEqual(['/room/cls_1'])
  })

  it('after it: leads this browser to its own summary', () => {
    open({ door: 'over', wasThere: true, roomOpen: false, talkGoesOn: false, nextStartsAt: null })
    expect(link('See your summary')).toBe('/summaries/cls_1')
    expect(screen.queryByRole('link', { name: 'Back to the room' })).toBeNull()
  })

  it('after the workout, while the others talk: leads back to them too', () => {
    open({ door: 'over', wasThere: true, roomOpen: true, talkGoesOn: true, nextStartsAt: null })
    expect(link('Back to the room')).toBe('/room/cls_1')
  })

  it('after it, for somebody who was not there: no summary', () => {
    open({ door: 'over', wasThere: false, roomOpen: false, talkGoesOn: false, nextStartsAt: null })
    expect(screen.getByText('When Mara starts the next one, the same link opens it.')).toBeTruthy()
    expect(screen.queryByRole('link')).toBeNull()
  })

  it('for somebody who was removed: says so without a way in, and leads to what is theirs', () => {
    open({ door: 'removed', summary: true })
    expect(screen.getByRole('link').getAttribute('href')).toMatch(/^\/summaries\//)
    expect(screen.getByText('You cannot come back to this class.')).toBeTruthy()
    expect(screen.queryByRole('button')).toBeNull()
  })
})

describe('a browser that cannot do all', () => {
  const join: View = { door: 'join', remembered: null }
  it('that can says nothing', () => {
    open(join)
    expect(screen.queryByText(/A strap\?/)).toBeNull()
  })
  it('on an iPhone: whose rule it is, and what works', () => {
    browser({ userAgent: IPHONE })
    open(join)
    expect(screen.getByText('A strap? Not in an iPhone browser.')).toBeTruthy()
    expect(screen.getByText(/Video and sound work here/)).toBeTruthy()
  })
  it('inside another app on Android: one tap to Chrome, at the same page', () => {
    browser({ userAgent: `${ANDROID} Instagram 360.0` })
    open(join)
    expect(link('Open in Chrome')).toBe(`intent://${window.location.host}${window.location.pathname}#Intent;scheme=http;package=com.android.chrome;end`)
  })
  it('over plain http from elsewhere: the address to open, and nothing of "no Bluetooth"', () => {
    browser({ userAgent: ANDROID, secure: false })
    open(join)
    render(<InsecureNotice secureUrl="https://192.168.1.7:3000/c/thursday" />)
    expect(link('https://192.168.1.7:3000/c/thursday')).toBe('https://192.168.1.7:3000/c/thursday')
    expect(screen.queryByText(/A strap\?/)).toBeNull()
  })
  it('over plain http where there is no https: how to get one', () => {
    browser({ userAgent: ANDROID, secure: false })
    render(<InsecureNotice secureUrl={null} />)
    expect(screen.getByText(/npm start -- --lan/)).toBeTruthy()
  })
})
