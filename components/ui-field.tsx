import { useId, type ComponentProps, type ReactNode } from 'react'
import { ChevronDown, CircleAlert } from 'lucide-react'
import { classNames } from './class-names'

export const controlLook =
  'w-full min-h-12 rounded-control border bg-surface px-3.5 text-body text-ink placeholder:text-soft transition-colors duration-150 hover:border-ink aria-invalid:border-danger'

export const FieldError = ({ id, children }: { id?: string; children: ReactNode }) => (
  <p id={id} className="mt-1.5 flex items-start gap-1.5 text-small font-medium text-danger">
    <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
    <span>{children}</span>
  </p>
)

type Around = { label: ReactNode; hint?: ReactNode; error?: string | null }
type Frame = Around & { id: string; className?: string; children: ReactNode }

const FieldFrame = ({ id, label, hint, error, className, children }: Frame) => (
  <div className={className}>
    <label htmlFor={id} className="mb-1.5 block text-base font-semibold text-ink">
      {label}
    </label>
    {children}
    {hint ? (
      <p id={`${id}-hint`} className="mt-1.5 text-small text-soft">
        {hint}
      </p>
    ) : null}
    {/* Always there, so that a screen reader hears an error when it comes. */}
    <div id={`${id}-error`} aria-live="polite">
      {error ? <FieldError>{error}</FieldError> : null}
    </div>
  </div>
)

const described = (id: string, { hint, error }: Around) =>
  ({ 'aria-describedby': classNames(hint ? `${id}-hint` : null, error ? `${id}-error` : null) || undefined, 'aria-invalid': error ? true : undefined }) as const

type TextFieldProps = Around & Omit<ComponentProps<'input'>, 'id'> & { suffix?: string; controlClassName?: string }

/** One line of text with its label, hint and error. `suffix` is a unit shown inside the control. */
export const TextField = ({ label, hint, error, suffix, className, controlClassName, ...input }: TextFieldProps) => {
  const id = useId()
  return (
    <FieldFrame {...{ id, label, hint, error, className }}>
      <div className="relative">
        <input
          id={id}
          className={classNames(controlLook, error ? 'border-danger' : 'border-line-strong', suffix && 'pr-16', controlClassName)}
          {...described(id, { label, hint, error })}
          {...input}
        />
        {suffix ? (
          <span aria-hidden className="pointer-events-none absolute inset-y-0 right-3.5 flex items-center text-small text-soft">
            {suffix}
          </span>
        ) : null}
      </div>
    </FieldFrame>
  )
}

type SelectFieldProps = Around & Omit<ComponentProps<'select'>, 'id' | 'children'> & { options: ReadonlyArray<{ value: string; label: string }> }

/** The system's own list: best on phones, and no script. */
export const SelectField = ({ label, hint, error, className, options, ...select }: SelectFieldProps) => {
  const id = useId()
  return (
    <FieldFrame {...{ id, label, hint, error, className }}>
      <div className="relative">
        <select
          id={id}
          className={classNames(controlLook, 'h-12 appearance-none pr-10', error ? 'border-danger' : 'border-line-strong')}
          {...described(id, { label, hint, error })}
          {...select}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown aria-hidden className="pointer-events-none absolute top-3.5 right-3 size-5 text-soft" />
      </div>
    </FieldFrame>
  )
}

type ToggleProps = Omit<ComponentProps<'input'>, 'type' | 'id'> & { label: ReactNode; hint?: ReactNode }

/** On or off, taking effect at once. A native checkbox that says it is a switch. */
export const Toggle = ({ label, hint, className, ...input }: ToggleProps) => {
  const id = useId()
  return (
    <div className={classNames('flex items-start justify-between gap-4 py-1', className)}>
      <div className="min-w-0 wrap-anywhere">
        <label htmlFor={id} className="text-base font-semibold">
          {label}
        </label>
        {hint ? (
          <p id={`${id}-hint`} className="text-small text-soft">
            {hint}
          </p>
        ) : null}
      </div>
      <input
        id={id}
        type="checkbox"
        role="switch"
        aria-describedby={hint ? `${id}-hint` : undefined}
        className={classNames(
          // 44 px for the thumb, 28 px for the eye.
          'relative -my-1.5 h-11 w-12 shrink-0 cursor-pointer appearance-none rounded-control',
          'before:absolute before:inset-x-0 before:top-2 before:h-7 before:rounded-full before:border before:border-line-strong before:bg-sunk',
          'after:absolute after:top-[0.6875rem] after:left-[0.1875rem] after:size-5.5 after:rounded-full after:bg-soft',
          'before:transition-colors before:duration-150 after:transition-transform after:duration-150 after:ease-calm',
          'checked:before:border-accent checked:before:bg-accent checked:after:translate-x-5 checked:after:bg-on-accent',
        )}
        {...input}
      />
    </div>
  )
}
