import { heartRateRecovery } from '@/lib/physiology/recovery'
import { secondsInZones } from '@/lib/physiology/zones'
import type { IntervalFigures } from './summary'
import type { ShapePart } from './workout-shape'

/** A heart needs this long after work for its recovery to be measured; a shorter rest says nothing. */
const RECOVERY_SECONDS = 60

/**
 * What a heart did in each work interval that ran, in order. `record` holds one value a second from the class's start, held, to 60 s past
 * the end. `hrmaxBpm` is null where no zones are known or the person trains by effort: then nothing is said of targets.
 */
export function intervalFigures(record: ReadonlyArray<number | null>, parts: readonly ShapePart[], hrmaxBpm: number | null): IntervalFigures[] {
  const work = parts.filter(({ kind }) => kind === 'work')
  const visits = [...new Set(work.map(({ visit }) => visit))]
  return visits.flatMap((visit) => {
    const mine = work.filter((part) => part.visit === visit)
    const [first, last] = [mine[0], mine.at(-1)]
    if (!first || !last) return []
    const held = mine.flatMap(({ fromSecond, seconds }) => record.slice(fromSecond, fromSecond + seconds)).filter((bpm) => bpm !== null)
    const endSecond = last.fromSecond + last.seconds
    const worksAgainAt = work.find(({ fromSecond, visit: other }) => other !== visit && fromSecond >= endSecond)?.fromSecond ?? Infinity
    const target = first.targetZone
    return [
      {
        fromSecond: first.fromSecond,
        seconds: mine.reduce((sum, { seconds }) => sum + seconds, 0),
        ...{ round: first.round, of: first.of, cue: first.cue, targetZone: target },
        measuredSeconds: held.length,
        inTargetSeconds: target === null || hrmaxBpm === null || held.length === 0 ? null : (secondsInZones(held, hrmaxBpm)[target] ?? 0),
        recoveryBpm: worksAgainAt - endSecond >= RECOVERY_SECONDS ? heartRateRecovery(record, endSecond - 1) : null,
      },
    ]
  })
}
