import type { ComponentProps, ReactNode } from 'react'
import Link from 'next/link'
import { LoaderCircle } from 'lucide-react'
import { classNames } from './class-names'

export type ButtonLook = {
  /** `primary` once a screen; `danger` only for what cannot be undone. */
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger'
  size?: 'medium' | 'large'
  wide?: boolean
}

const LOOK = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong aria-disabled:hover:bg-accent',
  secondary: 'border border-line-strong bg-surface text-ink hover:border-ink hover:bg-sunk',
  quiet: 'text-ink hover:bg-sunk',
  danger: 'bg-danger text-on-danger hover:brightness-95',
}
const SIZE = { medium: 'min-h-11 gap-2 px-4 text-base', large: 'min-h-14 gap-2.5 px-6 text-lg' }

/** Looks of a button, for the few things that are not drawn by `Button` or `ButtonLink`. */
export const buttonLook = ({ variant = 'primary', size = 'medium', wide = false }: ButtonLook): string =>
  classNames(
    'inline-flex cursor-pointer items-center justify-center rounded-control font-semibold no-underline select-none',
    'transition-colors duration-150 ease-calm disabled:opacity-55 aria-disabled:opacity-55 [&_svg]:size-[1.2em] [&_svg]:shrink-0',
    LOOK[variant],
    SIZE[size],
    wide && 'w-full',
  )

type ButtonProps = ButtonLook & Omit<ComponentProps<'button'>, 'aria-busy'> & { busy?: boolean }

/** `busy` keeps the focus and the width, and takes no second click. */
export const Button = ({ variant, size, wide, busy = false, className, children, type = 'button', onClick, ...rest }: ButtonProps) => (
  <button
    type={type}
    className={classNames(buttonLook({ variant, size, wide }), className)}
    aria-busy={busy || undefined}
    aria-disabled={busy || undefined}
    onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    {...rest}
  >
    {busy ? <LoaderCircle aria-hidden className="animate-spin" /> : null}
    {children}
  </button>
)

export const ButtonLink = ({ variant, size, wide, className, ...rest }: ButtonLook & ComponentProps<typeof Link>) => (
  <Link className={classNames(buttonLook({ variant, size, wide }), className)} {...rest} />
)

type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label'> & { label: string; icon: ReactNode; variant?: ButtonLook['variant'] }

/** Square, 44 px, named for screen readers and on hover. */
export const IconButton = ({ label, icon, variant = 'quiet', className, type = 'button', ...rest }: IconButtonProps) => (
  <button type={type} aria-label={label} title={label} className={classNames(buttonLook({ variant }), 'min-w-11 px-0! text-lg', className)} {...rest}>
    {icon}
  </button>
)
