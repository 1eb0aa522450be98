'use client'
import { useEffect, useState } from 'react'
import { summariseOnDevice } from '@/lib/summaries/on-device.client'
import type { SummaryFigures, SummaryInputs } from '@/lib/summaries/summary'
import { createUplink } from '@/lib/telemetry/uplink.client'
import { summaryStrings } from './strings-summary'
import { SummaryOfMember } from './summary-figures'
import { Notice } from './ui-notice'

type OnDeviceProps = { classId: string; startsAt: number; workoutEndedAt: number; inputs: SummaryInputs }

/** The summary of somebody who chose "live only": made here, from what this device kept, and sent nowhere. */
export const SummaryOnDevice = ({ classId, startsAt, workoutEndedAt, inputs }: OnDeviceProps) => {
  const [figures, setFigures] = useState<SummaryFigures | 'none' | null>(null)
  useEffect(() => {
    const uplink = createUplink()
    let gone = false
    const read = async () => {
      const runs = await uplink.localRuns(classId)
      if (gone) return
      // The clock may not be known yet: asked again with every change, and a summary that was made is not taken back.
      if (runs.length === 0) setFigures((known) => known ?? 'none')
      else setFigures(summariseOnDevice({ runs, startedAtMs: startsAt, workoutEndedAtMs: workoutEndedAt, inputs }))
    }
    void read()
    const stop = uplink.subscribe(() => void read())
    return () => {
      gone = true
      stop()
      void uplink.dispose()
    }
  }, [classId, startsAt, workoutEndedAt, inputs])
  if (figures === null) return null
  if (figures === 'none') return <Notice live>{summaryStrings.otherDevice}</Notice>
  return (
    <div className="space-y-6">
      <Notice>{summaryStrings.onDevice}</Notice>
      <SummaryOfMember figures={figures} inputs={inputs} />
    </div>
  )
}
