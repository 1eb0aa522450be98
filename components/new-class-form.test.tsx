import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { AppRouterContext, type AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NewSeries } from '@/lib/classes/series'
import { NewClassForm } from './new-class-form'

let sent: unknown[]
let led: string[]
const nothing = () => undefined
const router: AppRouterInstance = { push: (to) => void led.push(to), replace: nothing, back: nothing, forward: nothing, prefetch: nothing, refresh: nothing, bfcacheId: '0' }

beforeEach(() => {
  sent = []
  led = []
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    sent.push(JSON.parse(String(init.body)))
    return Response.json({ seriesId: 'ser_1', classId: 'cls_1', slug: 'thursday-hiit-abcd' })
  })
  render(
    <AppRouterContext.Provider value={router}>
      <NewClassForm timezones={['Europe/Berlin', 'Asia/Tokyo']} />
    </AppRouterContext.Provider>,
  )
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })
const submit = () => fireEvent.click(screen.getByRole('button', { name: 'Get the link' }))

describe('a new class', () => {
  it('needs one answer by hand; the rest is preset, and what is sent is what the server takes', async () => {
    type('What is it called?', 'Thursday HIIT')
    submit()
    await waitFor(() => expect(led).toEqual(['/c/thursday-hiit-abcd']))
    expect(NewSeries.parse(sent[0])).toMatchObject({ title: 'Thursday HIIT', kind: 'hiit', durationMin: 45, capacity: 12, heartRateReach: 'trainer', videoPlace: 'here', videoUrl: null })
  })

  it('asks at most five things by hand', () => {
    fireEvent.click(screen.getByLabelText(/My own link/))
    expect(document.querySelectorAll('input:not([type=radio]), select')).toHaveLength(5)
  })

  it('asks for the zone only where there is a time, knows the browser’s own, and takes another', async () => {
    expect(screen.queryByLabelText('Time zone')).toBeNull()
    type('What is it called?', 'Thursday HIIT')
    fireEvent.click(screen.getByLabelText('One date'))
    expect(screen.getByLabelText<HTMLSelectElement>('Time zone').value).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone)
    type('Time zone', 'Asia/Tokyo')
    submit()
    await waitFor(() => expect(led).toHaveLength(1))
    expect(NewSeries.parse(sent[0])).toMatchObject({ timezone: 'Asia/Tokyo', schedule: { rule: null }, plan: null })
  })

  it('takes a plan to start from', async () => {
    type('What is it called?', 'Thursday HIIT')
    fireEvent.click(screen.getByRole('button', { name: /Workout plan/ }))
    type('Workout plan (optional)', 'tabata')
    submit()
    await waitFor(() => expect(led).toHaveLength(1))
    expect(NewSeries.parse(sent[0]).plan?.blocks[1]).toMatchObject({ rounds: 8, intervals: [{ durationS: 20 }, { durationS: 10 }] })
  })

  it('takes the trainer’s own call and says what members will read', async () => {
    type('What is it called?', 'Thursday HIIT')
    fireEvent.click(screen.getByLabelText(/My own link/))
    type('Link to your call', ' https://us02web.zoom.us/j/123 ')
    expect(screen.getByText('Members get a button “Open Zoom”.')).toBeTruthy()
    submit()
    await waitFor(() => expect(led).toHaveLength(1))
    expect(NewSeries.parse(sent[0])).toMatchObject({ videoPlace: 'own_link', videoUrl: 'https://us02web.zoom.us/j/123' })
  })

  it.each(['http://zoom.us/j/1', 'zoom.us/j/1', ''])('refuses "%s" as a link, in words, and sends nothing', async (url) => {
    type('What is it called?', 'Thursday HIIT')
    fireEvent.click(screen.getByLabelText(/My own link/))
    type('Link to your call', url)
    submit()
    expect(await screen.findByText('Paste the whole link. It starts with https://')).toBeTruthy()
    expect(sent).toEqual([])
  })

  it('says what is wrong with each figure', async () => {
    type('Length', '4')
    type('Places', '81')
    submit()
    expect(await screen.findByText('Give it a name that your members will recognise.')).toBeTruthy()
    expect(screen.getByText('Between 5 and 240 minutes.')).toBeTruthy()
    expect(screen.getByText('Between 1 and 80 members.')).toBeTruthy()
    expect(sent).toEqual([])
  })
})
