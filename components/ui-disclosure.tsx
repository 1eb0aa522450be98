import type { ReactNode } from 'react'
import { ChevronDown } from 'lucide-react'
import { classNames } from './class-names'

/** More for those who want it, behind one tap; works without script. */
export const Disclosure = ({ summary, children, className, open }: { summary: ReactNode; children: ReactNode; className?: string; open?: boolean }) => (
  <details className={classNames('group', className)} open={open}>
    <summary className="flex min-h-11 cursor-pointer list-none items-center justify-between gap-3 rounded-control py-2 font-semibold [&::-webkit-details-marker]:hidden">
      {summary}
      <ChevronDown aria-hidden className="size-5 shrink-0 text-soft transition-transform duration-150 ease-calm group-open:rotate-180" />
    </summary>
    <div className="pb-3">{children}</div>
  </details>
)
