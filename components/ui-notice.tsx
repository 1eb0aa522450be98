import type { ReactNode } from 'react'
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import { classNames } from './class-names'

const TONE = {
  info: { look: 'bg-sunk text-ink', icon: Info, mark: 'text-soft' },
  done: { look: 'bg-accent-wash text-ink', icon: CircleCheck, mark: 'text-accent' },
  warning: { look: 'bg-warn-wash text-warn-ink', icon: TriangleAlert, mark: '' },
  error: { look: 'bg-danger-wash text-ink', icon: CircleAlert, mark: 'text-danger' },
}

type NoticeProps = {
  tone?: keyof typeof TONE
  title?: ReactNode
  children?: ReactNode
  actions?: ReactNode
  className?: string
  live?: boolean
  /** One line over a class: words and buttons side by side. */
  slim?: boolean
}

/** What is happening and what to do. `live`: read out when it appears. */
export const Notice = ({ tone = 'info', title, children, actions, className, live = false, slim = false }: NoticeProps) => {
  const { look, icon: Icon, mark } = TONE[tone]
  return (
    <div role={live ? (tone === 'error' ? 'alert' : 'status') : undefined} className={classNames('flex gap-3 rounded-control px-4', slim ? 'items-center py-1' : 'py-3.5', look, className)}>
      <Icon aria-hidden className={classNames('size-5 shrink-0', slim ? null : 'mt-0.5', mark)} />
      <div className={classNames('min-w-0 grow', slim ? 'flex items-center gap-x-4 text-small sm:text-base' : 'text-base')}>
        {title ? <p className="font-semibold">{title}</p> : null}
        {children ? <div className={classNames(title ? 'mt-0.5' : null, slim && 'grow', 'space-y-1')}>{children}</div> : null}
        {actions ? <div className={classNames('flex flex-wrap gap-2', slim ? 'shrink-0' : 'mt-3')}>{actions}</div> : null}
      </div>
    </div>
  )
}
