'use client'
import type { ReactNode } from 'react'
import Link from 'next/link'
import { ChevronRight } from 'lucide-react'

export type MoreItem = {
  readonly key: string
  readonly icon: ReactNode
  readonly label: string
  /** One line on what it is for. */
  readonly hint?: string
} & ({ readonly onClick: () => void } | { /** Another page. */ readonly href: string })

const ROW = 'flex min-h-14 w-full cursor-pointer items-center gap-4 rounded-control px-2 py-2 text-left text-ink no-underline hover:bg-accent-wash [&_svg]:shrink-0'

/** What is needed now and then: a row each, 56 px high, a word and a line. */
export const MoreList = ({ items }: { items: readonly MoreItem[] }) => (
  <ul className="-mx-2">
    {items.map(({ key, icon, label, hint, ...way }) => (
      <li key={key}>
        {'href' in way ? (
          <Link href={way.href} className={ROW}>
            <MoreRow icon={icon} label={label} hint={hint} />
          </Link>
        ) : (
          <button type="button" onClick={way.onClick} className={ROW}>
            <MoreRow icon={icon} label={label} hint={hint} />
          </button>
        )}
      </li>
    ))}
  </ul>
)

const MoreRow = ({ icon, label, hint }: Pick<MoreItem, 'icon' | 'label' | 'hint'>) => (
  <>
    <span aria-hidden className="[&_svg]:size-6">
      {icon}
    </span>
    <span className="min-w-0 grow">
      <span className="block font-semibold">{label}</span>
      {hint ? <span className="block text-small text-soft">{hint}</span> : null}
    </span>
    <ChevronRight aria-hidden className="size-5 text-soft" />
  </>
)
