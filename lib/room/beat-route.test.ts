import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Beat, BeatLink } from './beat'
import { BEAT_LINK_CONTRACT, type BeatLinkRig, beatScreen, reading } from './beat-link-contract'
import { createBeatRoute, type BeatAudience } from './beat-route.client'
import { dataPathsInHand } from './data-path-in-hand'
import type { PeerScreen } from './topology'
import { createVideoBeatLink } from './video-beat-link.client'

const screen = (name: string): PeerScreen => ({ screenId: name, participantId: name, role: name.startsWith('host') ? 'host' : 'member' })
const [host, second, ana, ben] = ['host', 'host2', 'ana', 'ben'].map(screen) as [PeerScreen, PeerScreen, PeerScreen, PeerScreen]

describe('beats beside the pictures, between screens in one process', () => {
  test.each(BEAT_LINK_CONTRACT.map((one, index) => ({ ...one, run: `run${index}` })))('$promise', async ({ keep, run }) => {
    const paths = dataPathsInHand([host, ana, ben])
    const link = (me: PeerScreen) => createVideoBeatLink(paths.path(me), me.role)
    const rig: BeatLinkRig = {
      host: beatScreen(link(host)),
      ana: beatScreen(link(ana)),
      ben: beatScreen(link(ben)),
      nonsense: async () => void paths.path(ana).say('host', { ...reading(run, 0), bpm: 9_000 }),
      async interrupt(whileDown) {
        paths.break('ana', 'cut')
        await whileDown()
        paths.mend('ana')
      },
    }
    await keep(rig, run)
  })
})

describe('the switch between both ways', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** Ana's screen with two ways to one host screen or two; `wired` is what went by the realtime service. */
  function scene() {
    const paths = dataPathsInHand([host, second, ana])
    const wired: number[] = []
    const heard: number[] = []
    const hostHears = new Set<(participantId: string, beat: Beat) => void>()
    let audience: BeatAudience = { hosts: ['host'], twins: false }
    const silent: BeatLink = { send: () => undefined, receive: () => () => undefined }
    const atHost = createBeatRoute({
      wire: { ...silent, receive: (listener) => (hostHears.add(listener), () => hostHears.delete(listener)) },
      direct: createVideoBeatLink(paths.path(host), 'host'),
      audience: () => ({ hosts: [], twins: false }),
    })
    atHost.receive((_, { seq }) => heard.push(seq))
    createVideoBeatLink(paths.path(second), 'host')
    const route = createBeatRoute({
      wire: {
        ...silent,
        send(beat) {
          wired.push(beat.seq)
          for (const listener of hostHears) listener('ana', beat)
        },
      },
      direct: createVideoBeatLink(paths.path(ana), 'member'),
      audience: () => audience,
    })
    return {
      paths,
      route,
      wired,
      heard,
      say: (...seqs: number[]) => {
        for (const seq of seqs) {
          route.send(reading('run1', seq))
          vi.advanceTimersByTime(1_000)
        }
      },
      here: (next: BeatAudience) => void (audience = next),
    }
  }

  test('the first beat goes both ways; once it was answered none costs a message, and each is heard once', () => {
    const { say, wired, heard } = scene()
    say(0, 1, 2, 3)
    expect(wired).toEqual([0])
    expect(heard).toEqual([0, 1, 2, 3])
  })

  test('a way that goes silent is noticed within a second: the same beat by the realtime service, and every one after it', () => {
    const { paths, route, say, wired, heard } = scene()
    say(0, 1)
    paths.break('ana', 'mute')
    route.send(reading('run1', 2))
    vi.advanceTimersByTime(599)
    expect(wired).toEqual([0])
    vi.advanceTimersByTime(1)
    expect(wired).toEqual([0, 2])
    say(3, 4)
    expect(wired).toEqual([0, 2, 3, 4])
    expect(heard).toEqual([0, 1, 2, 3, 4])
  })

  test('of two that were not answered the newest is said again, once', () => {
    const { paths, route, say, wired, heard } = scene()
    say(0)
    paths.break('ana', 'mute')
    route.send(reading('run1', 1))
    vi.advanceTimersByTime(500)
    route.send(reading('run1', 2))
    vi.advanceTimersByTime(5_000)
    expect(wired).toEqual([0, 2])
    expect(heard).toEqual([0, 2])
  })

  test('a way that is down is known at once; it is taken again with the first beat that is answered', () => {
    const { paths, say, wired, heard } = scene()
    say(0, 1)
    paths.break('ana', 'cut')
    say(2)
    paths.mend('ana')
    say(3, 4, 5)
    expect(wired).toEqual([0, 2, 3])
    expect(heard).toEqual([0, 1, 2, 3, 4, 5])
  })

  test('what the lost way still delivers later is no second showing', () => {
    const { paths, say, heard } = scene()
    say(0)
    paths.break('ana', 'mute')
    say(1, 2)
    paths.mend('ana')
    paths.path(ana).say('host', reading('run1', 1))
    expect(heard).toEqual([0, 1, 2])
  })

  test('one host screen without a connection is enough to need the realtime service', () => {
    const { paths, say, wired, here } = scene()
    here({ hosts: ['host', 'host2'], twins: false })
    paths.break('host2', 'cut')
    say(0, 1)
    expect(wired).toEqual([0, 1])
    paths.mend('host2')
    say(2, 3)
    expect(wired).toEqual([0, 1, 2])
    here({ hosts: ['host', 'host2', 'host3'], twins: false })
    say(4)
    expect(wired).toEqual([0, 1, 2, 4])
  })

  test('another device of this person, and a class whose trainer is not seen, are told by the realtime service', () => {
    const { say, wired, here } = scene()
    say(0, 1)
    here({ hosts: ['host'], twins: true })
    say(2)
    here({ hosts: [], twins: false })
    say(3)
    expect(wired).toEqual([0, 2, 3])
  })

  test('a host screen that has gone is not waited for; a closed route leaves no timer', () => {
    const { paths, route, say, wired, here } = scene()
    say(0)
    paths.break('ana', 'mute')
    route.send(reading('run1', 1))
    here({ hosts: [], twins: false })
    vi.advanceTimersByTime(2_000)
    expect(wired).toEqual([0])
    route.send(reading('run1', 2))
    route.close()
    expect(vi.getTimerCount()).toBe(0)
  })
})
