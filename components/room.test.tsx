import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { HeartSession, HeartView, RoomSession, RoomView, Tile } from '@/lib/room/room-view'
import { memberLines } from './room-member-notices'
import { MemberRoom } from './room-member'
import { seenWords } from './room-self'
import { Wall } from './room-wall'

afterEach(cleanup)

const tile = (participantId: string, name: string, seat: number, change: Partial<Tile> = {}): Tile => ({
  participantId,
  name,
  role: 'member',
  seat,
  me: false,
  presence: 'here',
  cameraReach: 'trainer',
  handRaisedAt: null,
  reading: { state: 'none', why: 'never', sinceMs: null },
  media: null,
  ...change,
})
const HOST = tile('par_vera', 'Vera Holm', 0, { role: 'host', cameraReach: 'everyone' })
const MAYA = tile('par_maya', 'Maya Lindqvist', 1)
const TOM = tile('par_tom', 'Tom', 2)
const VIEW: RoomView = {
  phase: { phase: 'in' },
  seat: { participantId: 'par_vera', role: 'host', name: 'Vera Holm', screenId: 'scr_1', screenToken: 'token' },
  room: {
    classId: 'cls_1',
    epoch: 0,
    slug: 'vera-hiit',
    title: 'Thursday HIIT',
    hostName: 'Vera Holm',
    status: 'live',
    startsAt: 0,
    plannedEndAt: 3_600_000,
    workoutEndedAt: null,
    closedAt: null,
    capacity: 12,
    heartRateReach: 'trainer',
    videoPlace: 'here',
    videoUrl: null,
    spotlightId: null,
    waiting: 0,
    eachToEach: false,
  },
  tiles: [{ ...HOST, me: true }, MAYA, TOM],
  offlineMs: 0,
  hostGoneMs: null,
  part: 'main',
  otherScreen: false,
  spotlightId: null,
  video: {
    state: 'joined',
    local: { camera: null, cameraProblem: null, cameraHeldBack: false, microphone: null, microphoneProblem: null, screen: null, screenProblem: null, mayShare: false, soundFrom: 'headset' },
    remotes: [],
    cameraLimit: 8,
    membersMeet: 'no',
  },
  talking: false,
  cameraOn: false,
  soundFrom: 'headset',
  sharing: 'no',
  mutedByHost: 0,
  wakeLock: 'on',
  rehearsing: false,
  beatLatencyP95Ms: null,
}
const AS_MEMBER: RoomView = {
  ...VIEW,
  seat: { ...VIEW.seat, role: 'member', participantId: 'par_maya' },
  tiles: [HOST, { ...MAYA, me: true }, TOM],
}
const HEART: HeartView = {
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

/** A session that writes down what was asked of it. */
function sessionOf(view: RoomView) {
  const calls: string[] = []
  const called =
    (name: string) =>
    async (...args: unknown[]): Promise<void> =>
      void calls.push([name, ...args.map(String)].join(' '))
  const session: RoomSession = {
    view,
    subscribe: () => () => undefined,
    setTalk: called('talk'),
    setCamera: called('camera'),
    setCameraReach: called('reach'),
    setSoundFrom: called('sound'),
    leave: called('leave'),
    setShare: called('share'),
    showNumbersWhileSharing: () => void calls.push('show numbers'),
    mute: called('mute'),
    muteAll: called('mute all'),
    spotlight: called('mute all'),
    remove: called('remove'),
    endWorkout: called('end workout'),
    closeRoom: called('close room'),
    rehearse: () => undefined,
    dispose: () => undefined,
  }
  return { session, calls }
}
const heartSession: HeartSession = {
  view: HEART,
  subscribe: () => () => undefined,
  connectStrap: async () => undefined,
  connectReplay: async () => undefined,
  disconnect: () => undefined,
  connectMotion: async () => undefined,
  disconnectMotion: () => undefined,
  setConsent: async () => undefined,
  setHidden: () => undefined,
  setEffort: () => undefined,
  setProfile: async () => undefined,
}
const press = (name: string | RegExp, within_: { getByRole: typeof screen.getByRole } = screen) =>
  fireEvent.click(within_.getByRole('button', { name }))

describe('the wall', () => {
  const wall = (view: RoomView = VIEW) => {
    const { session, calls } = sessionOf(view)
    const onLeft = vi.fn()
    render(<Wall view={view} session={session} onLeft={onLeft} />)
    return { calls, onLeft }
  }

  it('has a tile a member in seat order, and one line of who is here', () => {
    wall()
    expect(screen.getAllByRole('article').map((article) => article.getAttribute('aria-label'))).toEqual(['Maya Lindqvist', 'Tom'])
    expect(screen.getByText(/^2 of 2 here, 0 with heart rate/)).toBeTruthy()
  })

  it('keeps the place of one who left', () => {
    wall({ ...VIEW, tiles: [HOST, { ...MAYA, presence: 'left' }, TOM] })
    const [first, second] = within(screen.getByRole('list', { name: 'The wall' })).getAllByRole('listitem')
    expect(first?.textContent).toContain('Left')
    expect(second && within(second).getByRole('article').dataset.participant).toBe('par_tom')
  })

  it('does with one key what a button does, and not while somebody types', () => {
    const { calls } = wall()
    for (const key of ['t', 'c', 'm']) fireEvent.keyDown(window, { key })
    expect(calls).toEqual(['talk true', 'camera true', 'mute all'])
    press('More')
    press(/^Invite/)
    fireEvent.keyDown(screen.getByLabelText(/link/i), { key: 't' })
    expect(calls).toHaveLength(3)
  })

  it('ends the workout only after a yes that names what follows', async () => {
    const { calls } = wall()
    press('End workout')
    const question = screen.getByRole('dialog')
    expect(question.textContent).toContain('everyone gets a summary. The room stays open')
    press('Not now', within(question))
    expect(calls).toEqual([])
    press('End workout')
    press('End workout', within(screen.getByRole('dialog')))
    await vi.waitFor(() => expect(calls).toEqual(['end workout']))
  })

  it('says whom closing the room cuts off', () => {
    wall()
    press('Close room')
    expect(screen.getByRole('dialog').textContent).toContain('for you and 2 others')
    expect(screen.getByRole('dialog').textContent).toContain('The workout ends with it.')
  })

  it('mutes and removes from the list; removing asks first', async () => {
    const { calls } = wall()
    press('People')
    press('Mute Tom')
    press('Remove Tom')
    expect(calls).toEqual(['mute par_tom'])
    const question = screen.getByRole('dialog', { name: 'Remove Tom?' })
    press('Remove', within(question))
    await vi.waitFor(() => expect(calls).toEqual(['mute par_tom', 'remove par_tom']))
  })

  it('goes on without a camera, and says how to get one', () => {
    const local = { camera: null, cameraProblem: 'denied', cameraHeldBack: false, microphone: null, microphoneProblem: null, screen: null, screenProblem: null, mayShare: false, soundFrom: 'headset' } as const
    wall({ ...VIEW, video: { state: 'joined', local, remotes: [], cameraLimit: 8, membersMeet: 'no' } })
    expect(screen.getByText(/Your browser blocks the camera/)).toBeTruthy()
    expect(screen.getAllByRole('article')).toHaveLength(2)
    press('OK')
    expect(screen.queryByText(/Your browser blocks the camera/)).toBeNull()
  })

  it('asks for no camera where the call is elsewhere', () => {
    wall({ ...VIEW, room: { ...VIEW.room, videoPlace: 'own_link', videoUrl: 'https://us02web.zoom.us/j/1' }, video: null })
    expect(screen.queryByRole('button', { name: 'Camera' })).toBeNull()
    expect(screen.getByRole('link', { name: 'Open Zoom' }).getAttribute('href')).toBe('https://us02web.zoom.us/j/1')
  })
})

describe("a member's room", () => {
  const room = (view: RoomView = AS_MEMBER, heart: HeartView = HEART) => {
    const { session, calls } = sessionOf(view)
    const onLeft = vi.fn()
    render(<MemberRoom view={view} session={session} heart={heart} heartSession={heartSession} onLeft={onLeft} />)
    return { calls, onLeft }
  }

  it('has one row of controls: talk, camera, heart rate, chat, more, leave', () => {
    room()
    const names = within(screen.getByRole('toolbar'))
      .getAllByRole('button')
      .map((button) => button.textContent)
    expect(names).toEqual(['Talk', 'Camera', 'Heart', 'Chat', 'More', 'Leave'])
  })

  it('says who sees the own picture, and means it', () => {
    expect(seenWords({ ...AS_MEMBER, cameraOn: true })).toBe('Seen by Vera')
    expect(seenWords({ ...AS_MEMBER, cameraOn: false })).toBe('Nobody sees you')
    const unseen = AS_MEMBER.tiles.map((one) => (one.me ? { ...one, cameraReach: 'nobody' as const } : one))
    expect(seenWords({ ...AS_MEMBER, cameraOn: true, tiles: unseen })).toBe('Nobody sees you')
  })

  it('asks who may see before the browser asks for the camera', () => {
    const { calls } = room({ ...AS_MEMBER, tiles: [HOST, { ...MAYA, me: true, cameraReach: 'nobody' }] })
    press('Camera')
    expect(calls).toEqual([])
    fireEvent.click(screen.getByRole('radio', { name: 'Only Vera' }))
    expect(calls).toEqual(['reach trainer'])
  })

  it('leaves after a yes', async () => {
    const { calls, onLeft } = room()
    press('Leave')
    press('Leave', within(screen.getByRole('dialog')))
    await vi.waitFor(() => expect(onLeft).toHaveBeenCalledOnce())
    expect(calls).toEqual(['leave'])
  })

  it('has no camera and no talk beside a call of its own', () => {
    room({ ...AS_MEMBER, room: { ...VIEW.room, videoPlace: 'own_link', videoUrl: 'https://meet.google.com/abc' }, video: null })
    expect(screen.queryByRole('button', { name: 'Talk' })).toBeNull()
    expect(screen.getByRole('link', { name: /^Open / })).toBeTruthy()
    expect(screen.queryByText('Nobody sees you')).toBeNull()
  })

  it('Escape closes the sheet and gives the focus back', () => {
    room()
    const control = within(screen.getByRole('toolbar')).getByRole('button', { name: 'Heart' })
    control.focus()
    fireEvent.click(control)
    const sheet = screen.getByRole('dialog', { name: 'Heart rate' })
    fireEvent.keyDown(sheet, { key: 'Escape' })
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(document.activeElement).toBe(control)
  })

  it('a step that takes its focused button along leaves the keyboard in the sheet', () => {
    room()
    fireEvent.click(within(screen.getByRole('toolbar')).getByRole('button', { name: 'Heart' }))
    const effort = screen.getByRole('button', { name: 'Use effort 1–10' })
    effort.focus()
    fireEvent.click(effort)
    expect(effort.isConnected).toBe(false)
    expect(screen.getByRole('dialog', { name: 'Heart rate' }).contains(document.activeElement)).toBe(true)
  })

  it('shows the own number, and in place of a lost one the reason only', () => {
    const consent = { live: 'trainer', keep: true, shareSummary: 'summary' } as const
    const live = {
      state: 'live',
      bpm: 142,
      percentOfMax: 78,
      zone: 3,
      estimated: false,
      contact: true,
      trend: 'steady',
      ageMs: 200,
      history: [142],
    } as const
    room(AS_MEMBER, { ...HEART, sensor: { state: 'live', name: 'H10', batteryPct: null }, consent, own: live })
    expect(document.querySelector('[data-own=live] [data-figure]')?.textContent).toBe('142')
    cleanup()
    const gone = { state: 'reconnecting', name: 'H10', trouble: 'out_of_range', attempt: 1, sinceMs: 0 } as const
    room(AS_MEMBER, { ...HEART, sensor: gone, consent, own: { state: 'none', why: 'reconnecting', sinceMs: 12_000 } })
    expect(document.querySelector('[data-figure]')).toBeNull()
    expect(screen.getAllByText('Strap lost. Reconnecting… keep going.').length).toBeGreaterThan(0)
    cleanup()
    const bike = { sensor: { state: 'live', name: 'KICKR', batteryPct: null }, now: { watts: 205, cadence: 90, speed: null } } as const
    const moving = { state: 'moving', stale: false, ...bike.now, heart: 'reconnecting', effort: null, ageMs: 200 } as const
    room(AS_MEMBER, { ...HEART, sensor: gone, motion: bike, consent, own: moving })
    expect(document.querySelector('[data-own=moving] [data-figure]')?.textContent).toBe('205 W')
    expect(screen.getByRole('button', { name: 'Strap lost. Reconnecting… keep going.' })).toBeTruthy()
  })
})

describe('what a member is told', () => {
  const said = (change: Partial<RoomView>, more: Partial<{ saving: boolean; hostSeen: boolean; mutedNow: boolean }> = {}) =>
    memberLines({ ...AS_MEMBER, ...change }, { saving: true, hostSeen: true, mutedNow: false, ...more }).map(({ title }) => title)

  it('nothing for a trainer gone for less than 5 s; then to stay; after 2 min that leaving is safe', () => {
    expect(said({ hostGoneMs: 4_900 })).toEqual([])
    expect(said({ hostGoneMs: 5_000 })).toEqual(["Vera's connection dropped. Stay here: Vera comes back to this room."])
    expect(said({ hostGoneMs: 120_000 })).toEqual(['Still waiting for Vera.'])
  })

  it('never "dropped" of a trainer who was not here yet', () => {
    expect(said({ hostGoneMs: 60_000 }, { hostSeen: false })).toEqual([])
  })

  it('promises that the heart rate is saved only where it is', () => {
    const more = (saving: boolean) => memberLines({ ...AS_MEMBER, hostGoneMs: 6_000 }, { saving, hostSeen: true, mutedNow: false })[0]?.more
    expect(more(true)).toBe('Your heart rate is being saved.')
    expect(more(false)).toBe('The class goes on.')
  })

  it('the own connection first: it explains all else', () => {
    expect(said({ offlineMs: 3_000, hostGoneMs: 6_000 })).toEqual(['Your connection dropped. Coming back by itself…'])
  })

  it('the summary, beside anything else, as soon as the workout is over', () => {
    expect(said({ phase: { phase: 'workout-ended', workoutEndedAt: 1 }, hostGoneMs: 6_000 })).toHaveLength(2)
  })
})
