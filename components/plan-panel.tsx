'use client'
import { PlanForm } from './plan-save'
import { PlanPicture } from './plan-picture'
import { timerStrings } from './strings-timer'
import { useTimer, useTimerNow } from './timer-here'
import { Button } from './ui-button'

const words = timerStrings.plan

/** The plan of the class that is open, beside the wall: changed before it runs, only looked at while it does. */
export const PlanPanel = () => {
  const timer = useTimer()
  return timer ? <OpenPlan timer={timer} /> : null
}

const OpenPlan = ({ timer: { session } }: { timer: NonNullable<ReturnType<typeof useTimer>> }) => {
  const now = useTimerNow(session)
  if (!now) return null
  const { plan } = now.view
  if ('step' in now.position)
    return (
      <div className="space-y-4">
        {plan ? <PlanPicture plan={plan} /> : null}
        <p className="text-base">{words.running}</p>
        <Button variant="secondary" busy={now.view.pressing} onClick={() => void session.press('stop')}>
          {words.stop}
        </Button>
      </div>
    )
  return (
    <div className="space-y-4">
      <p className="text-small text-soft">{words.thisOnly}</p>
      <PlanForm plan={plan} onSave={(next) => session.changePlan(next)} />
    </div>
  )
}
