'use client'
import type { ReactNode } from 'react'
import { ChevronRight } from 'lucide-react'

export type MoreItem = {
  readonly key: string
  readonly icon: ReactNode
  readonly label: string
  /** One line on what it is for. */
  readonly hint?: string
  readonly onClick: () => void
}

/** What is needed now and then: a row each, 56 px high, a word and a line. */
export const MoreList = ({ items }: { items: readonly MoreItem[] }) => (
  <ul className="-mx-2">
    {items.map(({ key, icon, label, hint, onClick }) => (
      <li key={key}>
        <button
          type="button"
          onClick={onClick}
          className="flex min-h-14 w-full cursor-pointer items-center gap-4 rounded-control px-2 py-2 text-left hover:bg-accent-wash [&_svg]:shrink-0"
        >
          <span aria-hidden className="[&_svg]:size-6">
            {icon}
          </span>
          <span className="min-w-0 grow">
            <span className="block font-semibold">{label}</span>
            {hint ? <span className="block text-small text-soft">{hint}</span> : null}
          </span>
          <ChevronRight aria-hidden className="size-5 text-soft" />
        </button>
      </li>
    ))}
  </ul>
)
