import 'server-only'
import { type Account, findAccountOfRequest, findGuestOfRequest, findPerson, type Guest, type Person } from '@/lib/accounts/caller.server'
import { type Device, findDeviceOfRequest } from '@/lib/accounts/device.server'
import { account, type ActorRule } from '@/lib/accounts/endpoint.server'
import { AppError } from '@/lib/platform/app-error'
import { db } from '@/lib/platform/db.server'
import { findSeriesPerson, type SeriesPerson } from './belonging.server'
import { findSeat, type Seat } from './participant.server'

/** A person's place in a class, and whose class it is. */
export type Participant = Seat & { readonly hostId: string }

/** The account whose series it is. */
export const hostOfSeries: ActorRule<Account, { seriesId: string }> = {
  name: 'host of the series',
  async resolve(request, { seriesId }, body) {
    const caller = await account.resolve(request, undefined, body)
    const series = await db.classSeries.findUnique({ where: { id: seriesId }, select: { hostId: true } })
    if (!series) throw new AppError('not_found', 'There is no such class.')
    if (series.hostId !== caller.personId) throw new AppError('not_allowed', 'Only its trainer can do this.')
    return caller
  },
}

/** Anybody signed in, and whom this class's trainer knows as a guest. */
export const knownAtClass: ActorRule<Person, { classId: string }> = {
  name: 'somebody known at the class',
  async resolve(request, { classId }) {
    const found = await findPerson(request, { classId })
    if (!found) throw new AppError('sign_in_required', 'Say your name at the door first.')
    return found
  },
}

/** The trainer, who sits on seat 0 of each of their classes; also on a second screen of theirs. */
export const hostOfClass: ActorRule<Participant, { classId: string }> = {
  name: 'host of the class',
  async resolve(request, { classId }, body) {
    const screen = await findDeviceOfRequest(request, classId, ['screen'])
    const second = screen && (await getPlace(classId, screen.personId))
    if (second?.role === 'host') return second
    const caller = await account.resolve(request, undefined, body)
    const hostId = await getHostId(classId)
    const seat = hostId === caller.personId ? await findSeat(classId, hostId) : undefined
    if (seat?.role !== 'host') throw new AppError('not_allowed', 'Only the trainer of this class can do this.')
    return { ...seat, hostId }
  },
}

/** The trainer of a class, seated or not: a date to come has no seats yet. */
export const trainerOfClass: ActorRule<Account, { classId: string }> = {
  name: 'trainer of the class',
  async resolve(request, { classId }, body) {
    const caller = await account.resolve(request, undefined, body)
    if ((await getHostId(classId)) !== caller.personId) throw new AppError('not_allowed', 'Only the trainer of this class can do this.')
    return caller
  },
}

/** What a remote may do: the trainer, or the remote control that the trainer has handed to a phone. Acts for the trainer's own seat. */
export const hostOrRemote: ActorRule<Participant, { classId: string }> = {
  name: 'host of the class or their remote',
  async resolve(request, params, body) {
    const remote = await findDeviceOfRequest(request, params.classId, ['remote'])
    const place = remote && (await getPlace(params.classId, remote.personId))
    return place?.role === 'host' ? place : await hostOfClass.resolve(request, params, body)
  },
}

/** Who looks at the trainer's board without a place of their own, or the trainer, whose `device` is null. */
export type BoardReader = { readonly classId: string; readonly device: Device | null; readonly hostId: string }

/** Televisions and remotes of the class, and the trainer. */
export const boardReader: ActorRule<BoardReader, { classId: string }> = {
  name: 'whoever may look at the board',
  async resolve(request, params, body) {
    const device = await findDeviceOfRequest(request, params.classId, ['tv', 'class_tv', 'remote'])
    if (device) return { classId: params.classId, device, hostId: device.personId }
    const { hostId } = await hostOfClass.resolve(request, params, body)
    return { classId: params.classId, device: null, hostId }
  },
}

/** Whoever has a place in the class and was not removed: on a second screen, by their account, else as this trainer's guest. */
export const participantOfClass: ActorRule<Participant, { classId: string }> = {
  name: 'participant of the class',
  resolve: async (request, { classId }) => requireNotRemoved(await getPlaceOfRequest(request, classId)),
}

/** The same and those who were removed: for what is theirs and no trainer may take, their record and their consents. */
export const onceInClass: ActorRule<Participant, { classId: string }> = {
  name: 'whoever is or was in the class',
  resolve: (request, { classId }) => getPlaceOfRequest(request, classId),
}

/** Whoever belongs to a series, by their account, else as its trainer's guest. */
export const personOfSeries: ActorRule<SeriesPerson, { seriesId: string }> = {
  name: 'whoever belongs to the series',
  async resolve(request, { seriesId }) {
    const series = await db.classSeries.findUnique({ where: { id: seriesId }, select: { hostId: true } })
    const callers = await findCallers(request, series?.hostId)
    if (callers.length === 0) throw new AppError('sign_in_required', 'Join a class of this series first.')
    if (!series) throw new AppError('not_found', 'There is no such series.')
    for (const caller of callers) {
      const found = await findSeriesPerson({ seriesId, hostId: series.hostId }, caller)
      if (found) return found
    }
    throw new AppError('not_allowed', 'This is for people of this series. Join a class by its link first.')
  },
}

/** A message, as whoever may delete it: its author, who keeps that right when removed, or the trainer. */
export type OwnMessage = { readonly messageId: string; readonly classId: string | null; readonly by: 'author' | 'trainer' }
export const authorOrTrainer: ActorRule<OwnMessage, { messageId: string }> = {
  name: 'author of the message or the trainer',
  async resolve(request, { messageId }) {
    const row = await db.message.findUnique({
      where: { id: messageId },
      select: { personId: true, classId: true, series: { select: { hostId: true } } },
    })
    const callers = await findCallers(request, row?.series.hostId)
    if (callers.length === 0) throw new AppError('sign_in_required', 'Sign in, or join the class first.')
    if (!row) throw new AppError('not_found', 'There is no such message.')
    const is = (personId: string): boolean => callers.some((caller) => caller.personId === personId)
    const by = is(row.personId) ? 'author' : is(row.series.hostId) ? 'trainer' : null
    if (by === null) throw new AppError('not_allowed', 'Only its author or the trainer can delete a message.')
    return { messageId, classId: row.classId, by }
  },
}

/** The account, and the guest of this trainer, that one browser is at the same time. */
async function findCallers(request: Request, hostId: string | undefined): Promise<ReadonlyArray<Account | Guest>> {
  const caller = await findAccountOfRequest(request)
  const guest = hostId === undefined ? undefined : await findGuestOfRequest(request, hostId)
  return [caller, guest].filter((one) => one !== undefined)
}

async function getPlaceOfRequest(request: Request, classId: string): Promise<Participant> {
  // First, because it was said last: this device is that person's in this class, whoever else is known to its browser.
  const screen = await findDeviceOfRequest(request, classId, ['screen'])
  if (screen) return await getPlace(classId, screen.personId)
  const caller = await findAccountOfRequest(request)
  const hostId = await findHostId(classId)
  const guest = hostId === undefined ? undefined : await findGuestOfRequest(request, hostId)
  // A stranger is not told which classes exist.
  if (!caller && !guest) throw new AppError('sign_in_required', 'Join the class first.')
  return await getPlace(classId, caller?.personId, guest?.personId)
}

/** As `participantOfClass`, for who is known already. Throws `not_found`, `not_allowed`, `removed_from_class`. */
export async function requireParticipant(
  classId: string,
  { screen, account, guest }: { screen: Device | undefined; account: Account | undefined; guest: Guest | undefined },
): Promise<Participant> {
  return requireNotRemoved(await (screen ? getPlace(classId, screen.personId) : getPlace(classId, account?.personId, guest?.personId)))
}

/**
 * The place of the first of these people who has one: an account's before a guest's, and somebody who signs in in the middle keeps the
 * place they joined with.
 */
async function getPlace(classId: string, ...people: ReadonlyArray<string | undefined>): Promise<Participant> {
  const hostId = await getHostId(classId)
  let seat: Seat | undefined
  for (const personId of people) seat ??= personId === undefined ? undefined : await findSeat(classId, personId)
  if (!seat) throw new AppError('not_allowed', 'You are not in this class. Join it by its link.')
  return { ...seat, hostId }
}

function requireNotRemoved(place: Participant): Participant {
  if (place.removed) throw new AppError('removed_from_class', 'The trainer has removed you from this class.')
  return place
}

export async function findHostId(classId: string): Promise<string | undefined> {
  const row = await db.liveClass.findUnique({ where: { id: classId }, select: { series: { select: { hostId: true } } } })
  return row?.series.hostId
}

async function getHostId(classId: string): Promise<string> {
  const hostId = await findHostId(classId)
  if (hostId === undefined) throw new AppError('not_found', 'There is no such class. Check the link.')
  return hostId
}
