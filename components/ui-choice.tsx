import { useId, type ReactNode } from 'react'
import { classNames } from './class-names'
import { FieldError } from './ui-field'

export type ChoiceOption<T extends string> = { value: T; label: ReactNode; hint?: ReactNode; icon?: ReactNode; disabled?: boolean }

type ChoiceProps<T extends string> = {
  legend: ReactNode
  hint?: ReactNode
  name: string
  options: ReadonlyArray<ChoiceOption<T>>
  /** `null`: nothing is chosen yet, and nothing is preselected. */
  value: T | null
  onChange: (value: T) => void
  error?: string | null
  /** `row`: side by side from 640 px; `pair`: two halves always; `compact`: small, one after the other. */
  layout?: 'stack' | 'row' | 'pair' | 'compact'
  hideLegend?: boolean
  className?: string
}

const LAYOUT = { stack: 'flex flex-col gap-2', row: 'grid gap-2 sm:auto-cols-fr sm:grid-flow-col', pair: 'grid grid-cols-2 gap-2', compact: 'flex flex-wrap gap-2' }

/** One of a few, as cards. Native radios: arrow keys, Tab and screen readers work as everywhere. */
export const Choice = <T extends string>({ legend, hint, name, options, value, onChange, error, layout = 'stack', hideLegend, className }: ChoiceProps<T>) => {
  const id = useId()
  return (
    <fieldset className={className} aria-describedby={classNames(hint ? `${id}-hint` : null, error ? `${id}-error` : null) || undefined}>
      <legend className={hideLegend ? 'sr-only' : 'mb-1.5 text-base font-semibold'}>{legend}</legend>
      {hint ? (
        <p id={`${id}-hint`} className="-mt-1 mb-2 text-small text-soft">
          {hint}
        </p>
      ) : null}
      <div className={LAYOUT[layout]}>
        {options.map((option) => (
          <label
            key={option.value}
            className={classNames(
              'flex min-h-12 cursor-pointer items-start gap-3 rounded-control border border-line-strong bg-surface px-3.5 py-2.5 transition-colors duration-150',
              'hover:border-ink has-checked:border-accent has-checked:bg-accent-wash has-checked:shadow-[inset_0_0_0_1px_var(--accent)]',
              'has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent has-disabled:cursor-default has-disabled:opacity-55',
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={value === option.value}
              disabled={option.disabled}
              onChange={() => onChange(option.value)}
              className="mt-1 size-4.5 shrink-0 accent-accent outline-none"
            />
            <span className="min-w-0 grow">
              <span className="block text-base font-medium">{option.label}</span>
              {option.hint ? <span className="block text-small text-soft">{option.hint}</span> : null}
            </span>
            {option.icon ? <span className="mt-0.5 shrink-0 text-soft [&_svg]:size-5">{option.icon}</span> : null}
          </label>
        ))}
      </div>
      <div id={`${id}-error`} aria-live="polite">
        {error ? <FieldError>{error}</FieldError> : null}
      </div>
    </fieldset>
  )
}
