'use client'
import { type ReactNode, useState } from 'react'
import type { ClassPlace, Joining } from '@/lib/classes/booking'
import { JoinForm, type JoinFormProps } from './join-form'
import { LocalTime } from './local-time'
import { doorStrings as say } from './strings-door'
import { Button } from './ui-button'
import { Notice } from './ui-notice'
import { useClassPlace } from './use-class-place'
import { useAct } from './use-act'

export type ClassWaitProps = Omit<JoinFormProps, 'ask'> & {
  first: ClassPlace
  timezone: string
  drawnAt: number
  /** When the series has its next class after this one. */
  nextStartsAt: number | null
}

/** Before the door opens, and at a full class: come or wait, and be let in without another tap. */
export const ClassWait = ({ first, timezone, drawnAt, nextStartsAt, ...form }: ClassWaitProps) => {
  const { place, entering, say: tell } = useClassPlace(form.classId, first)
  const [changing, setChanging] = useState(false)
  const { mine } = place
  const change = async (joining: Joining) => {
    await tell('POST', joining)
    setChanging(false)
  }
  const time = (at: number) => <LocalTime at={at} drawnAt={drawnAt} timezone={timezone} />
  const shut = place.door === 'shut'
  const full = !place.free && mine.is !== 'booked'
  return (
    <div className="space-y-6">
      <div role="status" className="space-y-1" data-door={entering ? 'entering' : mine.is}>
        {headline(place, entering).map((line, index) =>
          index === 0 ? (
            <h2 key={line} className="type-heading">
              {line}
            </h2>
          ) : (
            <p key={line}>{line}</p>
          ),
        )}
      </div>
      {shut ? (
        <p>
          {say.doorOpens} <strong>{time(place.opensAt)}</strong>. {mine.is === 'booked' ? say.bookedText : full ? null : say.opensItself}
        </p>
      ) : null}
      {mine.is === 'none' ? (
        <JoinForm
          {...form}
          ask={{ label: full ? say.wait : say.comingYes, preview: !shut, send: (joining) => tell('POST', joining) }}
        />
      ) : (mine.is === 'booked' || mine.is === 'waiting') && !entering ? (
        changing ? (
          <div className="space-y-4">
            {mine.is === 'waiting' ? <p className="text-soft">{say.changeNote}</p> : null}
            <JoinForm {...form} remembered={mine} ask={{ label: say.changeSave, preview: !shut, send: change }} />
            <Button variant="quiet" className="-ml-4" onClick={() => setChanging(false)}>
              {say.changeBack}
            </Button>
          </div>
        ) : (
          <div className="flex flex-wrap items-start gap-2">
            <Button variant="secondary" onClick={() => setChanging(true)}>
              {say.change}
            </Button>
            <TakeBack label={mine.is === 'booked' ? say.cannotCome : say.leaveLine} run={() => tell('DELETE')} />
          </div>
        )
      ) : null}
      {nextStartsAt !== null && !shut ? (
        <p>
          {say.next} <strong>{time(nextStartsAt)}</strong>
        </p>
      ) : null}
    </div>
  )
}

/** What is so, then what follows from it. */
export function headline({ door, free, taken, capacity, mine }: ClassPlace, entering: boolean): string[] {
  if (entering || (door === 'open' && mine.is === 'booked')) return [say.walkIn]
  if (mine.is === 'booked') return [say.booked]
  const full = say.full(Math.max(taken, capacity), capacity)
  if (mine.is === 'waiting') return [full, `${say.inLine(mine.position)} ${door === 'open' ? say.inLineOpen : say.inLineAhead}`]
  if (!free) return [full, door === 'open' ? say.fullText : say.fullAhead]
  return [say.coming, say.places(taken, capacity)]
}

const TakeBack = ({ label, run }: { label: ReactNode; run: () => Promise<void> }) => {
  const { busy, problem, act } = useAct()
  return (
    <div className="space-y-2">
      <Button variant="secondary" busy={busy} onClick={() => void act(run)}>
        {label}
      </Button>
      {problem ? (
        <Notice tone="error" live>
          {problem}
        </Notice>
      ) : null}
    </div>
  )
}
