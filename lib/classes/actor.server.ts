import 'server-only'
import { type Account, findAccountOfRequest, findGuestOfRequest, type Guest } from '@/lib/accounts/caller.server'
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

/** The trainer, who sits on seat 0 of each of their classes. */
export const hostOfClass: ActorRule<Participant, { classId: string }> = {
  name: 'host of the class',
  async resolve(request, { classId }, body) {
    const caller = await account.resolve(request, undefined, body)
    const hostId = await getHostId(classId)
    const seat = hostId === caller.personId ? await findSeat(classId, hostId) : undefined
    if (seat?.role !== 'host') throw new AppError('not_allowed', 'Only the trainer of this class can do this.')
    return { ...seat, hostId }
  },
}

/** Whoever has a place in the class and was not removed: by their account, else as this trainer's guest. */
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
  const caller = await findAccountOfRequest(request)
  const hostId = await findHostId(classId)
  const guest = hostId === undefined ? undefined : await findGuestOfRequest(request, hostId)
  // A stranger is not told which classes exist.
  if (!caller && !guest) throw new AppError('sign_in_required', 'Join the class first.')
  return await getPlace(classId, caller, guest)
}

/** As `participantOfClass`, for who is known already. Throws `not_found`, `not_allowed`, `removed_from_class`. */
export const requireParticipant = async (classId: string, caller: Account | undefined, guest: Guest | undefined): Promise<Participant> =>
  requireNotRemoved(await getPlace(classId, caller, guest))

/** The place of an account in a class, else that of a guest: somebody who signs in in the middle keeps the place they joined with. */
async function getPlace(classId: string, caller: Account | undefined, guest: Guest | undefined): Promise<Participant> {
  const hostId = await getHostId(classId)
  const seat = (caller && (await findSeat(classId, caller.personId))) ?? (guest && (await findSeat(classId, guest.personId)))
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
