import { createHmac } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Participant, requireParticipant } from '@/lib/classes/actor.server'
import { admitDevice } from '@/lib/accounts/device.server'
import { closeRoom } from '@/lib/classes/end-class.server'
import { joinClass } from '@/lib/classes/join.server'
import { findSeat, leaveClass, removeFromClass } from '@/lib/classes/participant.server'
import { readTurnout } from '@/lib/classes/regulars.server'
import { db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { makeAccount, makeClass } from '@/tests/people'
import { authorizeChannels } from './channel-auth.server'
import { authorizeReader, endAccess, moveRoomsOf } from './board-access.server'
import { publishRoomEvent } from './publish.server'
import { channels, READER_CHANGED } from './room-event'
import { removeFromRoom } from './run-room.server'
import { isScreenOfClass, mintScreen, requireOwnScreen, screenSince } from './screen.server'
import { sendSignals } from './signals.server'

const SOCKET = '123.456'
// Before the realtime client is made, which reads its address once.
const outside = await vi.hoisted(async () => (await import('@/tests/outside-world')).startOutsideWorld())
afterAll(() => outside.close())
let host: Participant, ana: Participant, bo: Participant, stranger: Participant
let classId: string
beforeEach(async () => {
  outside.published.length = 0
  const [mara, otto] = [await makeAccount('Mara'), await makeAccount('Otto')]
  classId = (await makeClass(mara.personId)).classId
  const other = await makeClass(otto.personId)
  const member = async (of: string, hostId: string, name: string) => ({
    ...(await joinClass(of, undefined, { name, cameraReach: 'trainer' })).seat,
    hostId,
  })
  const seat = await findSeat(classId, mara.personId)
  if (!seat) throw new Error('the host has no seat')
  host = { ...seat, hostId: mara.personId }
  ana = await member(classId, mara.personId, 'Ana')
  bo = await member(classId, mara.personId, 'Bo')
  stranger = await member(other.classId, otto.personId, 'Cy')
})

const ask = (participant: Participant, names: string[], screen = mintScreen(participant)) =>
  authorizeChannels(participant, { socketId: SOCKET, ...screen, channels: names })
/** Pusher's own rule, computed here: hex HMAC-SHA256 of socket, channel and, for presence, the data. */
const signatureOf = (text: string) => `test-key:${createHmac('sha256', 'test-secret').update(text).digest('hex')}`

describe('who may hear what', () => {
  it('lets a screen into the room as itself, under a signature that Pusher accepts', async () => {
    const screen = mintScreen(ana)
    const room = channels.room(classId, 0)
    const pass = (await ask(ana, [room], screen)).channels[room]
    if (!pass || 'error' in pass) throw new Error('refused')
    expect(pass.auth).toBe(signatureOf(`${SOCKET}:${room}:${pass.channel_data}`))
    expect(JSON.parse(pass.channel_data ?? '')).toEqual({
      user_id: screen.screenId,
      user_info: { participantId: ana.participantId, role: 'member', name: 'Ana', since: screenSince(screen.screenId) },
    })
    expect(screen.screenId.length).toBeLessThanOrEqual(128)
  })

  it('writes down that whoever is let in was there, and nobody else', async () => {
    await ask(bo, [channels.member(bo.participantId, 0)])
    await ask(ana, [channels.room(classId, 0)])
    await ask(ana, [channels.room(classId, 0)])
    await closeRoom(classId)
    expect((await readTurnout(classId)).came.map(({ name }) => name)).toEqual(['Ana'])
  })

  it("lets a member hear its own beats and signals, and nobody else's, in one call", async () => {
    const screen = mintScreen(ana)
    const mine = [channels.member(ana.participantId, 0), channels.screen(screen.screenId)]
    const others = [
      channels.member(bo.participantId, 0),
      channels.member(host.participantId, 0),
      channels.screen(mintScreen(bo).screenId),
      channels.room('cls_other', 0),
      'private-anything',
    ]
    const passes = (await ask(ana, [...mine, ...others], screen)).channels
    for (const name of mine) expect(passes[name], name).toEqual({ auth: signatureOf(`${SOCKET}:${name}`) })
    for (const name of others) expect(passes[name], name).toEqual({ error: 'not_allowed' })
  })

  it("lets the host hear every member of this class, and none of another's", async () => {
    const names = [ana, bo, stranger].map(({ participantId }) => channels.member(participantId, 0))
    const passes = (await ask(host, names)).channels
    expect(names.map((name) => 'auth' in (passes[name] ?? {}))).toEqual([true, true, false])
  })

  it("refuses a screen that is not the caller's: another member's, another class's, or made up", async () => {
    const room = channels.room(classId, 0)
    const { screenId } = mintScreen(ana)
    const forged = [
      mintScreen(bo),
      mintScreen(stranger),
      { screenId, screenToken: mintScreen(ana).screenToken },
      { screenId: `${screenId}x`, screenToken: '' },
      { screenId: 'scr_1', screenToken: 'x' },
    ]
    for (const screen of forged) await expect(ask(ana, [room], screen)).rejects.toMatchObject({ code: 'not_allowed' })
    expect(() => requireOwnScreen(mintScreen(ana), ana)).not.toThrow()
  })

  it('knows only the newest of a room’s channels: a removal makes another, and the removed are in none', async () => {
    expect(await removeFromClass(classId, bo.participantId)).toMatchObject({ epoch: 1 })
    expect(await removeFromClass(classId, bo.participantId), 'pressed twice').toMatchObject({ epoch: null })
    const [old, next] = [channels.room(classId, 0), channels.room(classId, 1)]
    const passes = await ask(ana, [old, next])
    expect(passes).toMatchObject({ epoch: 1, channels: { [old]: { error: 'moved' }, [next]: { auth: expect.any(String) } } })
    await publishRoomEvent(classId, { type: 'mute-requested', participantId: null })
    expect(outside.published.map(({ channel }) => channel)).toEqual([next])
    await expect(requireParticipant(classId, { screen: undefined, account: undefined, guest: { personId: bo.personId, name: 'Bo', trainerId: host.hostId } })).rejects.toMatchObject({
      code: 'removed_from_class',
    })
  })

  it('holds four open screens of one person, and ninety of a class; the trainer always comes in', async () => {
    const room = channels.room(classId, 0)
    const screens = (of: Participant, count: number) => Array.from({ length: count }, () => mintScreen(of).screenId)
    outside.here.set(room, screens(ana, 4))
    expect((await ask(ana, [room])).channels[room]).toEqual({ error: 'too_many_own_screens' })
    expect((await ask(bo, [room])).channels[room]).toHaveProperty('auth')
    const again = mintScreen(ana)
    outside.here.set(room, [...screens(ana, 3), again.screenId])
    expect((await ask(ana, [room], again)).channels[room], 'one of the four comes back').toHaveProperty('auth')
    outside.here.set(room, screens(bo, 3).concat(Array.from({ length: 87 }, (_, i) => `scr_${i}`)))
    expect((await ask(ana, [room])).channels[room]).toEqual({ error: 'too_many_screens' })
    expect((await ask(host, [room])).channels[room]).toHaveProperty('auth')
    outside.broken = true
    expect((await ask(ana, [room])).channels[room], 'who is there is not known: the service’s own bound holds').toHaveProperty('auth')
    outside.broken = false
    outside.here.clear()
  })

  it('holds them exactly where joins cross, and forgets a screen that was let in and never came', async () => {
    const room = channels.room(classId, 0)
    const race = async (of: Participant, count: number) => {
      const passes = await Promise.all(Array.from({ length: count }, () => ask(of, [room])))
      return passes.map(({ channels: { [room]: pass } }) => (pass && 'error' in pass ? pass.error : 'in')).sort()
    }
    expect(await race(ana, 6)).toEqual(['in', 'in', 'in', 'in', 'too_many_own_screens', 'too_many_own_screens'])
    const lost = Array.from({ length: 4 }, () => ({ screenId: mintScreen(bo).screenId, atMs: Date.now() - 5_001 }))
    await db.liveClass.update({ where: { id: classId }, data: { passes: lost } })
    outside.here.set(room, Array.from({ length: 87 }, (_, i) => `scr_${i}`))
    expect(await race(bo, 4)).toEqual(['in', 'in', 'in', 'too_many_screens'])
    outside.here.clear()
  })

  it('shuts a second screen out when its access ends: everybody goes on to new channels, where its person’s other screens are let in', async () => {
    const { bearerId } = await admitDevice({ personId: ana.personId, classId, scope: 'screen', label: 'Bigger screen' })
    await endAccess(ana.personId, bearerId)
    // The last word where it still hears.
    expect(outside.published[0]).toMatchObject({ channel: channels.room(classId, 0), data: { type: 'room-moved', epoch: 1 } })
    const [old, next] = ([0, 1] as const).map((epoch) => [channels.room(classId, epoch), channels.member(ana.participantId, epoch)] as const)
    const passes = (await ask(ana, [...(old ?? []), ...(next ?? [])])).channels
    for (const name of old ?? []) expect(passes[name], name).toHaveProperty('error')
    for (const name of next ?? []) expect(passes[name], name).toHaveProperty('auth')
    await expect(endAccess(ana.personId, bearerId)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('moves the open rooms of somebody whom another browser may hear no more, and no other', async () => {
    const over = await makeClass(host.hostId)
    await db.liveClass.update({ where: { id: over.classId }, data: { closedAt: new Date() } })
    await db.participant.create({ data: { ...(await db.participant.findUniqueOrThrow({ where: { id: ana.participantId } })), id: newId('par'), classId: over.classId, seat: 7 } })
    await moveRoomsOf(ana.personId)
    expect(outside.published[0]).toMatchObject({ channel: channels.room(classId, 0), data: { type: 'room-moved', epoch: 1 } })
    const [old, next] = [channels.member(ana.participantId, 0), channels.member(ana.participantId, 1)]
    expect((await ask(ana, [old, next])).channels).toMatchObject({ [old]: { error: expect.any(String) }, [next]: { auth: expect.any(String) } })
    const epochs = await db.liveClass.findMany({ where: { id: { in: [over.classId, stranger.classId] } }, select: { epoch: true } })
    expect(epochs).toEqual([{ epoch: 0 }, { epoch: 0 }])
  })

  it('shuts the trainer’s own second screen out of the boards too: they move with the room, and who looks at them is told', async () => {
    const device = async (scope: 'screen' | 'tv') => (await admitDevice({ personId: host.hostId, classId, scope, label: scope })).bearerId
    const [second, tv] = [await device('screen'), await device('tv')]
    const [old, next] = [channels.board(tv, 0), channels.board(tv, 1)]
    const reader = { classId, hostId: host.hostId, device: { bearerId: tv, personId: host.hostId, classId, scope: 'tv' as const } }
    const hears = async () => (await authorizeReader(reader, { socketId: SOCKET, readerId: tv, channels: [old, next] })).channels
    expect((await ask(host, [old, next])).channels).toMatchObject({ [old]: { auth: expect.any(String) }, [next]: { error: 'not_allowed' } })
    expect(await hears()).toMatchObject({ [old]: { auth: expect.any(String) }, [next]: { error: 'moved' } })
    await endAccess(host.hostId, second)
    // A socket that stays by force keeps what it had, and nothing is written there any more.
    expect((await ask(host, [old, next])).channels).toMatchObject({ [old]: { error: 'not_allowed' }, [next]: { auth: expect.any(String) } })
    expect(await hears()).toMatchObject({ [old]: { error: 'moved' }, [next]: { auth: expect.any(String) } })
    expect(outside.published.map(({ channel, name }) => [channel, name])).toEqual([
      [channels.room(classId, 0), 'room-event'],
      [channels.readers(classId), READER_CHANGED],
    ])
    // So does a removal: one epoch for all of it.
    await removeFromRoom(classId, bo.participantId)
    expect(outside.published.at(-1)).toMatchObject({ channel: channels.readers(classId), name: READER_CHANGED })
    expect((await ask(host, [channels.board(tv, 2)])).channels[channels.board(tv, 2)]).toHaveProperty('auth')
  })

  it('a board’s reader whose leave ended is refused where the board is now', async () => {
    const { bearerId: tv } = await admitDevice({ personId: host.hostId, classId, scope: 'tv', label: 'TV' })
    await endAccess(host.hostId, tv)
    expect((await ask(host, [channels.board(tv, 0)])).channels[channels.board(tv, 0)]).toEqual({ error: 'not_allowed' })
    expect(outside.published.map(({ channel }) => channel)).toEqual([channels.room(classId, 0), channels.readers(classId)])
  })

  it('a tab that is loaded anew, many times within a second, is one screen; who names a screen that is open wins one and no second', async () => {
    const room = channels.room(classId, 0)
    const load = async (of: Participant, replaces?: string) => {
      const screen = mintScreen(of)
      const { [room]: pass } = (await authorizeChannels(of, { socketId: SOCKET, ...screen, ...(replaces !== undefined && { replaces }), channels: [room] })).channels
      return { screenId: screen.screenId, pass }
    }
    let tab = await load(ana)
    for (let reload = 0; reload < 8; reload++) {
      // The realtime service may still see the page that went.
      outside.here.set(room, [tab.screenId])
      tab = await load(ana, tab.screenId)
      expect(tab.pass, `reload ${reload}`).toHaveProperty('auth')
    }
    expect(await db.liveClass.findUniqueOrThrow({ where: { id: classId } })).toMatchObject({ passes: [{ screenId: tab.screenId }] })
    const open = Array.from({ length: 4 }, () => mintScreen(ana).screenId)
    outside.here.set(room, open)
    await db.liveClass.update({ where: { id: classId }, data: { passes: [] } })
    expect((await load(ana, open[0])).pass).toHaveProperty('auth')
    expect((await load(ana, open[1])).pass).toEqual({ error: 'too_many_own_screens' })
    expect((await load(ana)).pass).toEqual({ error: 'too_many_own_screens' })
    // Another person's screen is nobody's to replace.
    outside.here.set(room, Array.from({ length: 4 }, () => mintScreen(bo).screenId))
    expect((await load(bo, mintScreen(ana).screenId)).pass).toEqual({ error: 'too_many_own_screens' })
    outside.here.clear()
  })

  it('lets nobody into a room that was closed', async () => {
    await db.liveClass.update({ where: { id: classId }, data: { status: 'ended', closedAt: new Date() } })
    const room = channels.room(classId, 0)
    for (const participant of [host, ana]) expect((await ask(participant, [room])).channels).toEqual({ [room]: { error: 'class_over' } })
  })

  it('brings back whoever had said goodbye when their screen joins the room again', async () => {
    await leaveClass(ana, 'scr_1')
    await ask(ana, [channels.room(classId, 0)])
    expect(await findSeat(classId, ana.personId)).toMatchObject({ left: false })
  })

  it('does not take for a return what the screen that said goodbye had asked before', async () => {
    const [screen, room] = [mintScreen(ana), channels.room(classId, 0)]
    await leaveClass(ana, screen.screenId)
    const late = await authorizeChannels(ana, { ...screen, socketId: '1.1', channels: [room] })
    expect(late.channels).toEqual({ [room]: { error: 'conflict' } })
    expect(await findSeat(classId, ana.personId)).toMatchObject({ left: true })
  })
})

describe('signals', () => {
  it('reach only screens of the same class, checked without a table', async () => {
    expect(isScreenOfClass(mintScreen(bo).screenId, classId)).toBe(true)
    expect(isScreenOfClass(mintScreen(stranger).screenId, classId)).toBe(false)
    const signals = [{ connectionId: 'c1', signal: { type: 'bye' } as const }]
    const to = mintScreen(stranger).screenId
    await expect(sendSignals(ana, { ...mintScreen(ana), to, signals })).rejects.toMatchObject({ code: 'not_allowed' })
    await expect(sendSignals(ana, { ...mintScreen(bo), to: mintScreen(bo).screenId, signals })).rejects.toMatchObject({
      code: 'not_allowed',
    })
  })
})
