import 'server-only'
import type { SeriesPerson } from '@/lib/classes/belonging.server'
import { leaveSeries } from '@/lib/classes/membership.server'
import { tellPlaces } from './room-places.server'

/** As `leaveSeries`; classes that run hear which places it frees. */
export async function leaveSeriesForGood(person: SeriesPerson): Promise<void> {
  for (const { classId, news } of await leaveSeries(person)) await tellPlaces(classId, news)
}
