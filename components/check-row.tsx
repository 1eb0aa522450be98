import type { ReactNode } from 'react'
import { Circle, CircleAlert, CircleCheck, CircleHelp, CircleX, LoaderCircle } from 'lucide-react'
import { checkStrings } from './strings-check'

export type CheckState = 'waiting' | 'running' | 'good' | 'warn' | 'bad' | 'unknown'
const ICON = { waiting: Circle, running: LoaderCircle, good: CircleCheck, warn: CircleAlert, bad: CircleX, unknown: CircleHelp }

const said = (state: CheckState): string =>
  state === 'waiting' ? checkStrings.notYet : state === 'running' ? checkStrings.checking : checkStrings.state[state]

export type CheckRowProps = { name: string; state: CheckState; line?: ReactNode; more?: ReactNode; children?: ReactNode }

/** One thing that is checked: its sign and first line are read from four metres, the rest from the chair. */
export const CheckRow = ({ name, state, line, more, children }: CheckRowProps) => {
  const Icon = ICON[state]
  return (
    <li data-check={name} data-state={state} className="flex gap-4 border-b border-line py-4 last:border-b-0">
      <Icon
        aria-hidden
        className={`mt-1 size-[clamp(1.75rem,3.2vw,2.75rem)] shrink-0 ${state === 'running' ? 'animate-spin motion-reduce:animate-none' : ''} ${state === 'waiting' ? 'text-soft' : ''}`}
      />
      <div className="min-w-0 grow">
        <h2 className="text-[clamp(1.0625rem,1.5vw,1.375rem)] leading-tight font-semibold text-soft">
          {name}
          <span className="sr-only">: {said(state)}</span>
        </h2>
        <p
          aria-live="polite"
          className={`text-[clamp(1.5rem,2.7vw,2.5rem)] leading-tight text-balance wrap-anywhere ${state === 'waiting' ? 'font-normal text-soft' : 'font-semibold'}`}
        >
          {line ?? (state === 'waiting' ? checkStrings.notYet : checkStrings.checking)}
        </p>
        {more ? <p className="mt-1 text-body text-soft">{more}</p> : null}
        {children ? <div className="mt-3">{children}</div> : null}
      </div>
    </li>
  )
}
