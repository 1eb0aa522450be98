import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { admitDevice } from '@/lib/accounts/device.server'
import type { DeviceScope } from '@/lib/accounts/device'
import { joinClass } from '@/lib/classes/join.server'
import { postChat } from '@/lib/classes/message.server'
import { removeFromClass } from '@/lib/classes/participant.server'
import { newId } from '@/lib/platform/id'
import { guestCookieOf, makeAccount, makeClass, makeGuest, request, sessionCookieOf } from '@/tests/people'
import { label, type WalkedRoute, walkRoutes } from './route-walk'

// Before the job client is loaded, which reads its address once.
const outside = await vi.hoisted(async () => (await import('@/tests/outside-world')).startOutsideWorld())
afterAll(() => outside.close())

const PEOPLE = ['stranger', 'guest of another trainer', 'another trainer', 'removed member', 'member', 'host'] as const
/** Devices that a code has let into the class, and one whose leave was for another class. */
const DEVICES = ['a TV', 'a TV for the class', 'a remote', "a member's second screen", "another class's remote"] as const
const CALLERS = [...PEOPLE, ...DEVICES] as const
type Person = (typeof PEOPLE)[number]
type Device = (typeof DEVICES)[number]
type Caller = (typeof CALLERS)[number]
type Answer = 'sign in' | 'no' | 'gone' | 'in'

/** What each actor rule answers to whom. A rule that is not in it fails the walk. Accounts may read and change what is their own. */
const EXPECTED: Readonly<Record<string, Readonly<Record<Person, Answer>>>> = {
  account: {
    stranger: 'sign in',
    'guest of another trainer': 'sign in',
    'another trainer': 'in',
    'removed member': 'sign in',
    member: 'sign in',
    host: 'in',
  },
  person: {
    stranger: 'sign in',
    'guest of another trainer': 'sign in',
    'another trainer': 'in',
    'removed member': 'in',
    member: 'in',
    host: 'in',
  },
  // Not a second screen, whose leave ends with the class: what is changed here does not.
  'person themselves': {
    stranger: 'sign in',
    'guest of another trainer': 'sign in',
    'another trainer': 'in',
    'removed member': 'in',
    member: 'in',
    host: 'in',
  },
  'whoever looks at the series': {
    stranger: 'in',
    'guest of another trainer': 'in',
    'another trainer': 'in',
    'removed member': 'in',
    member: 'in',
    host: 'in',
  },
  'host of the series': {
    stranger: 'sign in',
    'guest of another trainer': 'sign in',
    'another trainer': 'no',
    'removed member': 'sign in',
    member: 'sign in',
    host: 'in',
  },
  'host of the class': {
    stranger: 'sign in',
    'guest of another trainer': 'sign in',
    'another trainer': 'no',
    'removed member': 'sign in',
    member: 'sign in',
    host: 'in',
  },
  'trainer of the class': {
    stranger: 'sign in',
    'guest of another trainer': 'sign in',
    'another trainer': 'no',
    'removed member': 'sign in',
    member: 'sign in',
    host: 'in',
  },
  'host of the class or their remote': {
    stranger: 'sign in',
    'guest of another trainer': 'sign in',
    'another trainer': 'no',
    'removed member': 'sign in',
    member: 'sign in',
    host: 'in',
  },
  'whoever may look at the board': {
    stranger: 'sign in',
    'guest of another trainer': 'sign in',
    'another trainer': 'no',
    'removed member': 'sign in',
    member: 'sign in',
    host: 'in',
  },
  // Whoever is known may take back what is theirs, and finds nothing of others'.
  'somebody known at the class': {
    stranger: 'sign in',
    'guest of another trainer': 'sign in',
    'another trainer': 'in',
    'removed member': 'in',
    member: 'in',
    host: 'in',
  },
  'participant of the class': {
    stranger: 'sign in',
    'guest of another trainer': 'sign in',
    'another trainer': 'no',
    'removed member': 'no',
    member: 'in',
    host: 'in',
  },
  'whoever belongs to the series': {
    stranger: 'sign in',
    'guest of another trainer': 'sign in',
    'another trainer': 'no',
    'removed member': 'no',
    member: 'in',
    host: 'in',
  },
  // The message of the test is the member's.
  'author of the message or the trainer': {
    stranger: 'sign in',
    'guest of another trainer': 'sign in',
    'another trainer': 'no',
    'removed member': 'no',
    member: 'in',
    host: 'in',
  },
  // Nobody loses their record or their say over it by being removed.
  'whoever is or was in the class': {
    stranger: 'sign in',
    'guest of another trainer': 'sign in',
    'another trainer': 'no',
    'removed member': 'in',
    member: 'in',
    host: 'in',
  },
  // Nobody's cookie opens a recorder, not even its owner's: only the grant.
  "the recorder's own grant": {
    stranger: 'sign in',
    'guest of another trainer': 'sign in',
    'another trainer': 'sign in',
    'removed member': 'sign in',
    member: 'sign in',
    host: 'sign in',
  },
  // Nobody's cookie speaks for a provider.
  'the provider itself': {
    stranger: 'sign in',
    'guest of another trainer': 'sign in',
    'another trainer': 'sign in',
    'removed member': 'sign in',
    member: 'sign in',
    host: 'sign in',
  },
  // Whoever is not signed in is led to where they can; what they bring counts only with a state of their own.
  'whoever comes back from a provider': {
    stranger: 'in',
    'guest of another trainer': 'in',
    'another trainer': 'in',
    'removed member': 'in',
    member: 'in',
    host: 'in',
  },
  // Nor does a cookie count for a summary's link: only its token.
  'whoever holds the summary link': {
    stranger: 'gone',
    'guest of another trainer': 'gone',
    'another trainer': 'gone',
    'removed member': 'gone',
    member: 'gone',
    host: 'gone',
  },
  // Nor for what a mail's link opens.
  'whoever holds the link from a mail': {
    stranger: 'gone',
    'guest of another trainer': 'gone',
    'another trainer': 'gone',
    'removed member': 'gone',
    member: 'gone',
    host: 'gone',
  },
}
/** Where a device is let in; everywhere else it is a stranger. */
const LET_IN: Readonly<Record<string, readonly Device[]>> = {
  'whoever may look at the board': ['a TV', 'a TV for the class', 'a remote'],
  'host of the class or their remote': ['a remote'],
  'participant of the class': ["a member's second screen"],
  'whoever is or was in the class': ["a member's second screen"],
  person: ["a member's second screen"],
}
const expectedOf = (actor: string, caller: Caller): Answer | undefined => {
  const answers = EXPECTED[actor]
  const device = DEVICES.find((one) => one === caller)
  if (!answers || !device) return answers?.[caller as Person]
  return LET_IN[actor]?.includes(device) ? 'in' : answers.stranger
}
const REFUSALS: Readonly<Record<number, Answer>> = { 401: 'sign in', 403: 'no', 410: 'gone' }

/** A class of its own for each route, because the host really does what the route does. */
async function setUp() {
  const [mara, otto] = [await makeAccount('Mara'), await makeAccount('Otto')]
  const { classId, seriesId } = await makeClass(mara.personId)
  const [ana, bo, cy] = [await makeGuest(mara.personId, 'Ana'), await makeGuest(mara.personId, 'Bo'), await makeGuest(otto.personId, 'Cy')]
  const sit = (guest: typeof ana) => joinClass(classId, { kind: 'guest', ...guest }, { name: guest.name, cameraReach: 'trainer' })
  const { seat } = await sit(ana)
  const messageId = newId('msg')
  await postChat({ ...seat, hostId: mara.personId }, { messageId, text: 'Hello' })
  await removeFromClass(classId, (await sit(bo)).seat.participantId)
  const foreign = guestCookieOf(otto.personId, cy.personId)
  const device = async (personId: string, scope: DeviceScope, of = classId) =>
    ((await admitDevice({ personId, classId: of, scope, label: scope })).setCookie.split(';')[0] ?? '').replace(of, classId)
  const elsewhere = await makeClass(mara.personId)
  const cookies: Record<Caller, string | undefined> = {
    stranger: undefined,
    // The second cookie is their own, under the name of the first trainer's: a forgery.
    'guest of another trainer': `${foreign}; ${foreign.replace(otto.personId, mara.personId)}`,
    'another trainer': await sessionCookieOf(otto.personId),
    'removed member': guestCookieOf(mara.personId, bo.personId),
    member: guestCookieOf(mara.personId, ana.personId),
    host: await sessionCookieOf(mara.personId),
    'a TV': await device(mara.personId, 'tv'),
    'a TV for the class': await device(mara.personId, 'class_tv'),
    'a remote': await device(mara.personId, 'remote'),
    "a member's second screen": await device(ana.personId, 'screen'),
    // Renamed to this class's cookie: a forgery.
    "another class's remote": await device(mara.personId, 'remote', elsewhere.classId),
  }
  const params: Record<string, string> = {
    classId,
    seriesId,
    participantId: seat.participantId,
    bearerId: 'brr_none',
    recorderId: 'rec_none',
    templateId: 'tpl_none',
    trainerId: otto.personId,
    activityId: 'act_none',
    messageId,
    token: 'x'.repeat(43),
    connectionId: 'con_none',
    uploadId: 'none',
    provider: 'polar',
    key: 'x'.repeat(43),
  }
  return { cookies, params }
}

async function call(
  route: WalkedRoute,
  { cookies, params }: Awaited<ReturnType<typeof setUp>>,
  caller: Caller,
  headers: Record<string, string> = {},
) {
  const path = route.path.replace(/\[(\w+)\]/g, (_, name: string) => params[name] ?? '')
  // A body that is good for nothing but naming the class: whoever passes the door is told 400, and nothing happens.
  const body = route.declaration.body ? { classId: params.classId, good: 'for nothing' } : undefined
  return await route.handler(request(route.method, `${path}?classId=${params.classId}`, { cookie: cookies[caller], body, headers }), {
    params: Promise.resolve(params),
  })
}

const own = (await walkRoutes()).flatMap(({ routes }) => routes).filter(({ declaration }) => !declaration.libraryOwned)
const closed = own.filter(({ declaration }) => declaration.actor !== 'anyone').map((route) => [label(route), route] as const)
const changes = own.filter(({ method }) => method !== 'GET').map((route) => [label(route), route] as const)

describe('whoever does not belong is refused', () => {
  it.each(closed)('%s', async (_, route) => {
    const { actor } = route.declaration
    expect(EXPECTED[actor], `"${actor}" is not in the table of this test`).toBeDefined()
    const world = await setUp()
    const answers: Array<[Caller, Answer]> = []
    for (const caller of CALLERS) {
      const response = await call(route, world, caller)
      answers.push([caller, REFUSALS[response.status] ?? 'in'])
      expect(response.status, `${caller} met a fault`).not.toBe(500)
    }
    expect(Object.fromEntries(answers)).toEqual(Object.fromEntries(CALLERS.map((caller) => [caller, expectedOf(actor, caller)])))
  })
})

describe('a change that another site sends with a good cookie is refused', () => {
  let world: Awaited<ReturnType<typeof setUp>>
  beforeAll(async () => {
    world = await setUp()
  })
  it.each(changes)('%s', async (_, route) => {
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]) {
      const response = await call(route, world, 'host', { ...headers, origin: 'https://evil.example' })
      expect(response.status).toBe(403)
      expect(await response.json()).toMatchObject({ error: { code: 'cross_site' } })
    }
  })
})
