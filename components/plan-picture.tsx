import { planMs, unrollPlan, type WorkoutPlan } from '@/lib/classes/workout-plan'
import { Zone } from '@/lib/room/beat'
import { classNames } from './class-names'
import { timerStrings } from './strings-timer'
import { ZONE_FILL } from './zone-palette'

const HEIGHT = ['18%', '32%', '48%', '64%', '82%', '100%']

/** A plan at a glance: width is time, height and colour the target. Said in words beside it. */
export const PlanPicture = ({ plan, className }: { plan: WorkoutPlan; className?: string }) => {
  const totalMs = planMs(plan)
  return (
    <div role="img" aria-label={timerStrings.plan.shape} className={classNames('flex h-14 items-end gap-px overflow-hidden rounded-md', className)}>
      {unrollPlan(plan).map(({ index, kind, durationS, targetZone }) => {
        const zone = Zone.nullable().catch(null).parse(targetZone)
        return (
          <span
            key={index}
            className={classNames('min-w-px', zone === null || zone === 0 ? (kind === 'work' ? 'bg-soft' : 'bg-line-strong') : ZONE_FILL[zone])}
            style={{ width: `${(durationS * 100_000) / totalMs}%`, height: HEIGHT[zone ?? (kind === 'work' ? 3 : 1)] }}
          />
        )
      })}
    </div>
  )
}
