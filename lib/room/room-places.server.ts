import 'server-only'
import type { Person } from '@/lib/accounts/caller.server'
import type { ClassPlace, Joining } from '@/lib/classes/booking'
import { bookPlace, cancelBooking, findPlace, setCapacity, sweepPlaces } from '@/lib/classes/booking.server'
import { type PlaceCount, settlePlaces } from '@/lib/classes/places.server'
import { log } from '@/lib/platform/log.server'
import { tellRoom } from './publish.server'

/** Places and the line while a class runs: the change first, then the news, which is said only when a number changed. */

export async function tellPlaces(classId: string, news: PlaceCount | null): Promise<void> {
  if (news) await tellRoom(classId, { type: 'places-changed', ...news })
}

export async function bookRoomPlace(
  classId: string,
  caller: Person | undefined,
  joining: Joining,
): Promise<{ place: ClassPlace; personId: string; guestOf: string | null }> {
  const { personId, guestOf, news } = await bookPlace(classId, caller, joining)
  await tellPlaces(classId, news)
  return { place: await lookAtPlace(classId, personId), personId, guestOf }
}

export async function cancelRoomPlace(classId: string, personId: string): Promise<ClassPlace> {
  await tellPlaces(classId, await cancelBooking(classId, personId))
  return await lookAtPlace(classId, personId)
}

export async function lookAtPlace(classId: string, personId: string | undefined): Promise<ClassPlace> {
  const { place, news } = await findPlace(classId, personId)
  await tellPlaces(classId, news)
  return place
}

export async function setRoomCapacity(classId: string, capacity: number): Promise<void> {
  await tellPlaces(classId, await setCapacity(classId, capacity))
}

/** Returns how many classes were looked at; one that fails is tried again next time. */
export const sweepRoomPlaces = (): Promise<number> =>
  sweepPlaces(async (classId) => {
    try {
      await tellPlaces(classId, await settlePlaces(classId))
    } catch (error) {
      log.warn({ err: error, classId }, 'the places of a class could not be settled')
    }
  })
