import type { FigureInputs } from '@/lib/physiology/heart-rate-figures'
import type { SummaryFigures } from '@/lib/summaries/summary'
import { summaryStrings } from './strings-summary'
import { inputWords, labRows } from './summary-words'
import { Disclosure } from './ui-disclosure'

const words = summaryStrings.lab

/** For those who want them: the figures of the papers, what each lacks, and what they were computed with. */
export const SummaryLab = ({ figures, inputs }: { figures: SummaryFigures; inputs: FigureInputs }) => (
  <Disclosure summary={<span className="type-heading">{words.title}</span>} className="border-y border-line">
    <dl className="divide-y divide-line">
      {labRows(figures).map((row) => (
        <div key={row.name} className="flex items-baseline justify-between gap-4 py-2.5">
          <dt className="min-w-0">
            <span className="font-semibold">{row.name}</span>
            {row.note ? <span className="block text-small text-soft">{row.note}</span> : null}
          </dt>
          <dd className={row.value === null ? 'text-right text-small text-soft' : 'figures text-right font-semibold whitespace-nowrap'}>
            {row.value ?? row.needs}
          </dd>
        </div>
      ))}
    </dl>
    <p className="mt-2 text-small text-soft">
      {words.inputs}: {inputWords(inputs)}.
    </p>
  </Disclosure>
)
