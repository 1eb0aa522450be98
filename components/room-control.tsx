import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names'

type ControlProps = Omit<ComponentProps<'button'>, 'children'> & {
  icon: ReactNode
  label: string
  /** The key that does the same, shown beside the word on a wide screen. */
  shortcut?: string
  /** On now: filled. */
  active?: boolean
  /** Words only from 640 px; the name stays for screen readers. */
  terse?: boolean
  danger?: boolean
  /** How many are new, with the words for it; nothing for 0. */
  badge?: { readonly count: number; readonly words: string }
}

/** One of the few things to do in the room: an icon over its word, 56 px high. */
export const Control = ({
  icon,
  label,
  shortcut,
  active = false,
  terse = false,
  danger = false,
  badge,
  className,
  type = 'button',
  ...rest
}: ControlProps) => (
  <button
    type={type}
    aria-keyshortcuts={shortcut}
    className={classNames(
      'relative flex min-h-14 min-w-11 cursor-pointer flex-col items-center justify-center gap-0.5 rounded-control px-2 text-small',
      'font-semibold transition-colors duration-150 select-none sm:min-w-16',
      'disabled:opacity-55 [&_svg]:size-6',
      active
        ? 'bg-accent text-on-accent'
        : danger
          ? 'bg-danger-wash text-ink hover:bg-danger hover:text-on-danger'
          : 'bg-surface text-ink hover:bg-accent-wash',
      className,
    )}
    {...rest}
  >
    {icon}
    <span className={classNames('flex items-center gap-1.5 leading-tight whitespace-nowrap', terse && 'sr-only sm:not-sr-only sm:flex')}>
      {label}
      {shortcut ? (
        <kbd
          aria-hidden
          className={classNames(
            'hidden rounded border px-1 font-sans text-[0.75rem] font-medium lg:inline',
            active ? 'border-on-accent/40' : 'border-line-strong text-soft',
          )}
        >
          {shortcut.toUpperCase()}
        </kbd>
      ) : null}
    </span>
    {badge && badge.count > 0 ? (
      <span
        className={classNames(
          'figures absolute top-1 left-1/2 ml-1 min-w-5 rounded-full px-1 text-center text-[0.75rem] leading-5 font-bold',
          active ? 'bg-paper text-ink' : 'bg-ink text-paper',
        )}
        data-badge
      >
        <span aria-hidden>{badge.count > 99 ? '99+' : badge.count}</span>
        <span className="sr-only">, {badge.words}</span>
      </span>
    ) : null}
  </button>
)
