import { cleanup, render, screen } from '@testing-library/react'
import { AppRouterContext, type AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ClassDoor } from './class-door'
import { InsecureNotice } from './insecure-notice'

let looked = 0
const nothing = () => undefined
const router: AppRouterInstance = { push: nothing, replace: nothing, back: nothing, forward: nothing, prefetch: nothing, refresh: () => void looked++, bfcacheId: '0' }

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
  browser({ userAgent: ANDROID, bluetooth: true })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

type View = Parameters<typeof ClassDoor>[0]['view']
const open = (view: View) =>
  render(
    <AppRouterContext.Provider value={router}>
      <ClassDoor view={view} trainer="Mara" call={null} capacity={12} classId="cls_1" />
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

  it('a full class says how full, and lets in by itself', async () => {
    vi.useFakeTimers()
    open({ door: 'full', taken: 12 })
    expect(screen.getByText('This class is full: 12 of 12.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Join' })).toBeNull()
    await vi.advanceTimersByTimeAsync(5_500)
    expect(looked).toBe(1)
  })

  it('after it: leads this browser to its own summary', () => {
    open({ door: 'over', wasThere: true, roomOpen: false })
    expect(link('See your summary')).toBe('/summaries/cls_1')
    expect(screen.queryByRole('link', { name: 'Back to the room' })).toBeNull()
  })

  it('after the workout, while the others talk: leads back to them too', () => {
    open({ door: 'over', wasThere: true, roomOpen: true })
    expect(link('Back to the room')).toBe('/room/cls_1')
  })

  it('after it, for somebody who was not there: no summary', () => {
    open({ door: 'over', wasThere: false, roomOpen: false })
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
