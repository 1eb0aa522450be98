import type { ReactNode } from 'react'
import Link from 'next/link'
import { classNames } from './class-names'
import { words } from './strings'

/** The mark: five bars, the zones, as one pulse. Drawn in the text's colour. */
export const Mark = ({ className }: { className?: string }) => (
  <svg viewBox="0 0 24 24" aria-hidden className={classNames('size-6', className)} fill="currentColor">
    <rect x="1" y="10" width="3" height="4" rx="1.5" />
    <rect x="5.75" y="7" width="3" height="10" rx="1.5" />
    <rect x="10.5" y="1" width="3" height="22" rx="1.5" />
    <rect x="15.25" y="7.5" width="3" height="9" rx="1.5" />
    <rect x="20" y="10.5" width="3" height="3" rx="1.5" />
  </svg>
)

const navLink = 'inline-flex min-h-11 items-center rounded-control px-3 text-base font-medium text-ink no-underline hover:bg-sunk'

export type ShellAccount = { name: string } | null

type SiteShellProps = {
  children: ReactNode
  account: ShellAccount
  /** `reading`: one column of text; `wide`: dashboards; `full`: the page sets its own widths. */
  width?: 'narrow' | 'reading' | 'wide' | 'full'
  /** Where “Sign in” leads: a guest takes their classes along. */
  signInHref?: string
}

const WIDTH = { narrow: 'mx-auto w-full max-w-md px-5 py-8 sm:py-14', reading: 'mx-auto w-full max-w-2xl px-5 py-8 sm:py-14', wide: 'mx-auto w-full max-w-6xl px-5 py-2 sm:py-12', full: '' }

/** Header, main landmark and footer of every page outside the room. */
export const SiteShell = ({ children, account, width = 'reading', signInHref = '/sign-in' }: SiteShellProps) => (
  <div className="flex min-h-dvh flex-col">
    <header className="mx-auto flex w-full max-w-6xl items-center justify-between gap-4 px-5 py-3">
      <Link href={account ? '/home' : '/'} className="-ml-1 inline-flex min-h-11 min-w-11 items-center gap-2 rounded-control px-1 text-lg font-semibold tracking-tight text-ink no-underline">
        <Mark className="text-accent" />
        {/* Three places fill a narrow phone; the mark alone leads home there. */}
        <span className={account ? 'max-[27rem]:sr-only' : undefined}>{words.product}</span>
      </Link>
      <nav aria-label={words.nav.label} className="flex items-center gap-1">
        {account ? (
          <>
            <Link href="/home" className={navLink}>
              {words.nav.classes}
            </Link>
            <Link href="/history" className={navLink}>
              {words.nav.history}
            </Link>
            <Link href="/account" className={navLink}>
              {words.nav.account}
            </Link>
          </>
        ) : (
          <Link href={signInHref} className={navLink}>
            {words.nav.signIn}
          </Link>
        )}
      </nav>
    </header>
    <main id="content" tabIndex={-1} className={classNames('grow outline-none', WIDTH[width])}>
      {children}
    </main>
    <footer className="mx-auto flex w-full max-w-6xl flex-wrap items-center gap-x-5 gap-y-1 px-5 py-6 text-small text-soft">
      <span>{words.footer.line}</span>
      <Link href="/privacy" className="inline-flex min-h-11 items-center underline underline-offset-4 hover:text-ink">
        {words.footer.privacy}
      </Link>
    </footer>
  </div>
)
