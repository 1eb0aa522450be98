import type { ReactNode } from 'react'

/** On a wide screen what is to be done now stands on the left, and what is around it on the right; on a phone one follows the other. */
export const ClassColumns = ({ children, beside }: { children: ReactNode; beside: ReactNode }) => (
  <div className="gap-x-12 lg:grid lg:grid-cols-[minmax(0,1fr)_20rem]">
    <div className="min-w-0">{children}</div>
    <div className="mt-8 min-w-0 space-y-8 lg:mt-0 lg:[&>*:first-child]:border-t-0 lg:[&>*:first-child]:pt-0">{beside}</div>
  </div>
)
