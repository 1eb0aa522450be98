import type { ReactNode } from 'react'
import type { FigureInputs } from '@/lib/physiology/heart-rate-figures'
import type { SummaryFigures } from '@/lib/summaries/summary'
import type { WorkoutShape } from '@/lib/summaries/workout-shape'
import { summaryStrings } from './strings-summary'
import { intervalSentences, SummaryIntervals } from './summary-intervals'
import { SummaryLab } from './summary-lab'
import { SummaryPlot } from './summary-plot'
import { countingSeconds, headline, sentences, zoneSource } from './summary-words'
import { SummaryZones } from './summary-zones'

type FiguresProps = { figures: SummaryFigures; inputs: FigureInputs; shape: WorkoutShape; presentSeconds: number; children?: ReactNode }

/** A member's summary, in words first. `children`: what its owner can do, between the pictures and the laboratory. */
export const SummaryOfMember = ({ figures, inputs, shape, presentSeconds, children }: FiguresProps) => {
  const source = zoneSource(inputs)
  return (
    <div className="space-y-10">
      <section className="space-y-3">
        <p data-headline className="type-display">
          {headline(figures, presentSeconds)}
        </p>
        {countingSeconds(figures) !== null ? <p className="text-base text-soft">{summaryStrings.countingNote}</p> : null}
        <ul className="space-y-1 text-lead">
          {[...intervalSentences(figures.intervals), ...sentences(figures)].map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
      {figures.zoneSeconds.outcome === 'computed' ? <SummaryZones seconds={figures.zoneSeconds.value} hrmaxBpm={inputs.hrmaxBpm} /> : null}
      <SummaryPlot figures={figures} shape={shape} hrmaxBpm={inputs.effortOnly ? null : inputs.hrmaxBpm} />
      <SummaryIntervals intervals={figures.intervals} />
      {source ? <p className="text-base text-soft">{source}</p> : null}
      {children}
      {figures.measuredSeconds > 0 || figures.power ? <SummaryLab figures={figures} inputs={inputs} /> : null}
    </div>
  )
}
