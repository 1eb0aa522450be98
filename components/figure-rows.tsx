import type { LabRow } from './summary-words'

/** Figures by name, each with what it is made of, or with what it lacks. */
export const FigureRows = ({ rows }: { rows: readonly LabRow[] }) => (
  <dl className="divide-y divide-line">
    {rows.map((row) => (
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
)
