import { SPORTS } from '@/lib/formats/sport'
import type { Candidate } from './duplicates'

type Row = {
  readonly id: string
  readonly source: Candidate['source']
  readonly sport: string
  readonly startedAt: Date
  readonly elapsedSeconds: number
  readonly problems: readonly string[]
}

/** A stored row as duplicates are judged by. */
export const candidateOf = ({ id, source, sport, startedAt, elapsedSeconds, problems }: Row): Candidate => ({
  ...{ activityId: id, source, startedAt: startedAt.getTime(), elapsedSeconds },
  sport: SPORTS.find((known) => known === sport) ?? 'other',
  hasHeartRate: !problems.includes('no_heart_rate') && !problems.includes('no_samples'),
})
