'use client'
import { useEffect, useState } from 'react'
import { summariseOnDevice } from '@/lib/summaries/on-device.client'
import type { FigureInputs } from '@/lib/physiology/heart-rate-figures'
import type { SummaryFigures } from '@/lib/summaries/summary'
import type { WorkoutShape } from '@/lib/summaries/workout-shape'
import { useHeart } from './heart-provider'
import { summaryStrings } from './strings-summary'
import { SummaryOfMember } from './summary-figures'
import { Notice } from './ui-notice'

/** Samples reach the disk within a second or two, and the clock is known after one answer of the server. */
const READ_EVERY_MS = 3_000

type OnDeviceProps = { classId: string; startsAt: number; workoutEndedAt: number; inputs: FigureInputs; shape: WorkoutShape; presentSeconds: number }

/** The summary of somebody who chose "live only": made here, from what this device kept, and sent nowhere. */
export const SummaryOnDevice = ({ classId, startsAt, workoutEndedAt, inputs, shape, presentSeconds }: OnDeviceProps) => {
  const [figures, setFigures] = useState<SummaryFigures | 'none' | null>(null)
  const heart = useHeart()
  useEffect(() => {
    if (!heart) return
    let gone = false
    const read = async () => {
      const runs = await heart.localRuns(classId)
      if (gone) return
      // A summary that was made is not taken back.
      if (runs.length === 0) setFigures((known) => known ?? 'none')
      else setFigures(summariseOnDevice({ runs, startedAtMs: startsAt, workoutEndedAtMs: workoutEndedAt, inputs, shape }))
    }
    void read()
    const timer = setInterval(() => void read(), READ_EVERY_MS)
    return () => {
      gone = true
      clearInterval(timer)
    }
  }, [heart, classId, startsAt, workoutEndedAt, inputs, shape])
  if (figures === null) return null
  if (figures === 'none') return <Notice live>{summaryStrings.otherDevice}</Notice>
  return (
    <div className="space-y-6">
      <Notice>{summaryStrings.onDevice}</Notice>
      <SummaryOfMember figures={figures} inputs={inputs} shape={shape} presentSeconds={presentSeconds} />
    </div>
  )
}
