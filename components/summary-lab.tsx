import type { FigureInputs } from '@/lib/physiology/heart-rate-figures'
import type { SummaryFigures } from '@/lib/summaries/summary'
import { FigureRows } from './figure-rows'
import { summaryStrings } from './strings-summary'
import { inputWords, labRows } from './summary-words'
import { Disclosure } from './ui-disclosure'

const words = summaryStrings.lab

/** For those who want them: the figures of the papers, what each lacks, and what they were computed with. */
export const SummaryLab = ({ figures, inputs }: { figures: SummaryFigures; inputs: FigureInputs }) => (
  <Disclosure summary={<span className="type-heading">{words.title}</span>} className="border-y border-line">
    <FigureRows rows={labRows(figures)} />
    <p className="mt-2 text-small text-soft">
      {words.inputs}: {inputWords(inputs)}.
    </p>
  </Disclosure>
)
