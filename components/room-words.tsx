import type { ReactNode } from 'react'

/** A room that has nothing but words to show. */
export const RoomWords = ({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) => (
  <main id="content" className="stage flex min-h-dvh flex-col items-center justify-center gap-4 p-6 text-center">
    <div role="status" className="max-w-lg space-y-2">
      <h1 className="type-heading">{title}</h1>
      {children ? <p className="text-lead text-soft">{children}</p> : null}
    </div>
    {actions}
  </main>
)
