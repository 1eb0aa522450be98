import type { ReactNode } from 'react'
import { classNames } from './class-names'

/** A raised area. Never one inside another. */
export const Panel = ({ children, className, as: Tag = 'section', label }: { children: ReactNode; className?: string; as?: 'section' | 'div' | 'li' | 'article'; label?: string }) => (
  <Tag aria-label={label} className={classNames('rounded-panel border border-line bg-surface p-5 sm:p-7', className)}>
    {children}
  </Tag>
)

/** A small word about a state. Colour never stands alone: the word says it. */
export const Pill = ({ children, tone = 'plain', className }: { children: ReactNode; tone?: 'plain' | 'live' | 'error'; className?: string }) => (
  <span
    className={classNames(
      'inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-small font-semibold whitespace-nowrap',
      { plain: 'bg-sunk text-soft', live: 'bg-accent text-on-accent', error: 'bg-danger-wash text-danger' }[tone],
      className,
    )}
  >
    {tone === 'live' ? <span aria-hidden className="size-2 rounded-full bg-current" /> : null}
    {children}
  </span>
)
