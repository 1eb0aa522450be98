import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { AppRouterContext, type AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { JoinForm, type JoinFormProps } from './join-form'

// The world outside the form: the browser's camera and its permission, our API over HTTP, and where the person is led.
let permission: PermissionState
let askCamera: (wanted: MediaStreamConstraints) => Promise<MediaStream>
let answer: () => Response
let asked: MediaStreamConstraints[]
let sent: Array<{ url: string; body: unknown }>
let led: string[]
let refreshed: number
let stopped: number

const picture = (): MediaStream => {
  const stream = new MediaStream()
  stream.getTracks = () => [Object.assign(new EventTarget(), { stop: () => void stopped++ })] as MediaStreamTrack[]
  stream.getVideoTracks = stream.getTracks
  return stream
}
const nothing = () => undefined
const router: AppRouterInstance = {
  push: (href) => void led.push(href),
  refresh: () => void refreshed++,
  replace: nothing,
  back: nothing,
  forward: nothing,
  prefetch: nothing,
  bfcacheId: '0',
}

beforeEach(() => {
  permission = 'prompt'
  askCamera = () => Promise.resolve(picture())
  answer = () => Response.json({ participantId: 'par_1' })
  asked = []
  sent = []
  led = []
  refreshed = 0
  stopped = 0
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push({ url, body: JSON.parse(String(init.body)) })
    return answer()
  })
  Object.defineProperty(navigator, 'mediaDevices', {
    configurable: true,
    value: { getUserMedia: (wanted: MediaStreamConstraints) => (asked.push(wanted), askCamera(wanted)) },
  })
  Object.defineProperty(navigator, 'permissions', { configurable: true, value: { query: async () => ({ state: permission }) } })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

let taps = 0
const tap = (element: HTMLElement) => {
  taps++
  fireEvent.click(element)
}
const open = (props: Partial<JoinFormProps> = {}) => {
  taps = 0
  return render(
    <AppRouterContext.Provider value={router}>
      <JoinForm classId="cls_1" trainer="Mara" remembered={null} call={null} {...props} />
    </AppRouterContext.Provider>,
  )
}
const typeName = (name: string) => fireEvent.change(screen.getByLabelText('Your name'), { target: { value: name } })
const join = () => tap(screen.getByRole('button', { name: 'Join' }))
const preview = () => screen.findByLabelText('Your camera, as only you see it now')

describe('joining', () => {
  it('takes two taps and the browser’s own the first time, and nothing is captured before the first', async () => {
    open()
    expect(screen.getByLabelText('Your name')).toBe(document.activeElement)
    expect(screen.getByLabelText<HTMLInputElement>('Only Mara').checked).toBe(true)
    typeName('Ines')
    expect(asked).toEqual([])
    tap(screen.getByRole('button', { name: 'Show me my picture' }))
    await preview()
    join()
    await waitFor(() => expect(led).toEqual(['/room/cls_1']))
    expect(taps).toBeLessThanOrEqual(2)
    expect(sent).toEqual([{ url: '/api/classes/cls_1/join', body: { name: 'Ines', cameraReach: 'trainer' } }])
  })

  it('takes one tap on return: the name stands there and the picture comes by itself', async () => {
    permission = 'granted'
    open({ remembered: { name: 'Ines', cameraReach: 'trainer' } })
    await preview()
    join()
    await waitFor(() => expect(led).toEqual(['/room/cls_1']))
    expect(taps).toBe(1)
    expect(sent[0]?.body).toEqual({ name: 'Ines', cameraReach: 'trainer' })
  })

  it('never asks for a microphone', async () => {
    permission = 'granted'
    open()
    await preview()
    expect(asked.map(({ audio }) => audio)).toEqual([false])
  })

  it('to be seen by no one puts the light out, and is what is sent', async () => {
    permission = 'granted'
    open({ remembered: { name: 'Ines', cameraReach: 'trainer' } })
    await preview()
    tap(screen.getByLabelText('No one'))
    await screen.findByText('Your camera stays off.')
    expect(stopped).toBe(1)
    join()
    await waitFor(() => expect(sent[0]?.body).toEqual({ name: 'Ines', cameraReach: 'nobody' }))
  })

  it('as nobody last time does not touch a camera that is allowed', async () => {
    permission = 'granted'
    open({ remembered: { name: 'Ines', cameraReach: 'nobody' } })
    await screen.findByText('Your camera stays off.')
    expect(asked).toEqual([])
  })

  it.each([
    ['NotAllowedError', 'Your browser blocks the camera. You can join all the same, and Mara knows you are here.'],
    ['NotFoundError', 'No camera was found here. You can join all the same, and Mara knows you are here.'],
    ['NotReadableError', 'Another program holds the camera. Close it and try again, or join without it.'],
  ])('says a camera’s %s in words, and joins all the same', async (name, words) => {
    askCamera = () => Promise.reject(new DOMException('', name))
    open({ remembered: { name: 'Ines', cameraReach: 'trainer' } })
    tap(screen.getByRole('button', { name: 'Show me my picture' }))
    await screen.findByText(words)
    join()
    await waitFor(() => expect(led).toEqual(['/room/cls_1']))
  })

  it('ends a capture that the browser allows only after the person chose no one', async () => {
    let allow: (stream: MediaStream) => void = nothing
    askCamera = () => new Promise((resolve) => (allow = resolve))
    open({ remembered: { name: 'Ines', cameraReach: 'trainer' } })
    tap(screen.getByRole('button', { name: 'Show me my picture' }))
    tap(screen.getByLabelText('No one'))
    allow(picture())
    await waitFor(() => expect(stopped).toBe(1))
    expect(screen.queryByLabelText('Your camera, as only you see it now')).toBeNull()
  })

  it('with the trainer’s own call asks for no camera', async () => {
    permission = 'granted'
    open({ call: 'Zoom', remembered: { name: 'Ines', cameraReach: 'trainer' } })
    expect(screen.getByText(/The pictures and voices are in Zoom/)).toBeTruthy()
    expect(screen.queryByText('Who may see you?')).toBeNull()
    join()
    await waitFor(() => expect(sent[0]?.body).toEqual({ name: 'Ines', cameraReach: 'nobody' }))
    expect(asked).toEqual([])
  })

  it('without a name says so beside the field, puts the cursor there and sends nothing', async () => {
    open()
    typeName('   ')
    join()
    const field = screen.getByLabelText('Your name')
    await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'))
    const [, error] = (field.getAttribute('aria-describedby') ?? '').split(' ')
    expect(document.getElementById(error ?? '')?.textContent).toBe('Type a name, so that your trainer knows who is there.')
    expect(document.activeElement).toBe(field)
    expect(sent).toEqual([])
  })

  it('into a class that filled up meanwhile says so and looks again', async () => {
    answer = () => Response.json({ error: { code: 'class_full', message: 'All 12 places are taken. Ask the trainer for one.' }, requestId: 'req_1' }, { status: 409 })
    open({ remembered: { name: 'Ines', cameraReach: 'nobody' } })
    join()
    expect((await screen.findByRole('alert')).textContent).toBe('All 12 places are taken. Ask the trainer for one.')
    expect(refreshed).toBe(1)
    expect(led).toEqual([])
  })
})
