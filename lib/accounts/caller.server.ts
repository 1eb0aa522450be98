import 'server-only'
import { db } from '@/lib/platform/db.server'
import { findBearer, findCookie } from '@/lib/platform/http.server'
import { findBearerRow } from './bearer.server'
import { findDeviceOfRequest } from './device.server'
import { findGuestOfCookie, type Guest, guestCookieName } from './guest-cookie.server'
import { type Account, findAccountById, findAccountOfSession, sessionCookieName } from './session.server'

export type { Account, Guest }
export type Person = ({ readonly kind: 'account' } & Account) | ({ readonly kind: 'guest' } & Guest)

/** The account behind a request: a session cookie, or a phone's bearer. */
export async function findAccountOfRequest(request: Request): Promise<Account | undefined> {
  const token = findBearer(request)
  if (token === undefined) return await findAccountOfSession(findCookie(request, sessionCookieName()))
  const row = await findBearerRow(token, 'phone')
  return row && (await findAccountById(row.personId))
}

/**
 * Who is calling, where guests count too: an account first, else the guest of that trainer (or of that class's trainer). Of a class, whoever
 * has a place in it: somebody who signs in in the middle goes on as the guest they joined as.
 */
export async function findPerson(
  request: Request,
  of: { trainerId?: string | null; classId?: string | null },
): Promise<Person | undefined> {
  const account = await findAccountOfRequest(request)
  const signedIn: Person | undefined = account && { kind: 'account', ...account }
  if (signedIn && (!of.classId || (await hasPlace(of.classId, signedIn.personId)))) return signedIn
  const trainerId = of.trainerId ?? (of.classId ? await findTrainerOfClass(of.classId) : undefined)
  if (!trainerId) return signedIn
  const guest = await findGuestOfRequest(request, trainerId)
  if (signedIn && !(of.classId && guest && (await hasPlace(of.classId, guest.personId)))) return signedIn
  return guest && { kind: 'guest', ...guest }
}

const hasPlace = async (classId: string, personId: string): Promise<boolean> =>
  (await db.participant.count({ where: { classId, personId } })) > 0

/** The guest that a request's cookie proves to this trainer. */
export const findGuestOfRequest = (request: Request, trainerId: string): Promise<Guest | undefined> =>
  findGuestOfCookie(trainerId, findCookie(request, guestCookieName(trainerId)))

/** Whose second screen this is in a class. */
export async function findPersonOfDevice(request: Request, classId: string | null): Promise<Person | undefined> {
  const device = classId === null ? undefined : await findDeviceOfRequest(request, classId, ['screen'])
  if (!device) return undefined
  const account = await findAccountById(device.personId)
  if (account) return { kind: 'account', ...account }
  const person = await db.person.findUnique({ where: { id: device.personId } })
  return person?.guestOfId ? { kind: 'guest', personId: person.id, name: person.name, trainerId: person.guestOfId } : undefined
}

async function findTrainerOfClass(classId: string): Promise<string | undefined> {
  const found = await db.liveClass.findUnique({ where: { id: classId }, select: { series: { select: { hostId: true } } } })
  return found?.series.hostId
}
