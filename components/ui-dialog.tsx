'use client'
import { useLayoutEffect, type ReactNode } from 'react'
import { Dialog as Radix } from 'radix-ui'
import { setNonce } from 'get-nonce'
import { X } from 'lucide-react'
import { classNames } from './class-names'
import { IconButton } from './ui-button'
import { words } from './strings'

type DialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  children?: ReactNode
  /** Buttons, the main one first; they stack on a phone. */
  actions?: ReactNode
  /** `centre`; `sheet` comes from the bottom on a phone and from the right on a wide screen. */
  place?: 'centre' | 'sheet'
  /** Inside the room, where everything is dark. */
  onStage?: boolean
}

const PLACE = {
  centre: 'inset-x-4 top-1/2 mx-auto max-h-[calc(100dvh-2rem)] max-w-lg -translate-y-1/2 rounded-panel',
  sheet: 'inset-x-0 bottom-0 max-h-[88dvh] rounded-t-panel md:inset-y-0 md:right-0 md:left-auto md:max-h-none md:w-[26rem] md:rounded-none',
}

/** Radix locks scrolling with a style element of its own; under the page's CSP it must carry the page's nonce. */
const usePageNonce = (open: boolean) => {
  useLayoutEffect(() => {
    const script = document.querySelector<HTMLScriptElement>('script[nonce]')
    if (script?.nonce) setNonce(script.nonce)
  }, [open])
}

export const Dialog = ({ open, onOpenChange, title, description, children, actions, place = 'centre', onStage = false }: DialogProps) => {
  usePageNonce(open)
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/60" />
        <Radix.Content
          className={classNames(onStage ? 'stage' : 'text-ink', 'fixed z-50 flex flex-col overflow-y-auto bg-surface! p-5 shadow-2xl outline-none sm:p-6', PLACE[place])}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <div className="flex items-start justify-between gap-4">
            <Radix.Title className="type-heading pt-1.5">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label={words.close} icon={<X aria-hidden />} className="-mt-1 -mr-2 shrink-0" />
            </Radix.Close>
          </div>
          {description ? <Radix.Description className="mt-1 text-base text-soft">{description}</Radix.Description> : null}
          {children ? <div className="mt-4">{children}</div> : null}
          {actions ? <div className="mt-6 flex flex-col gap-2 sm:flex-row-reverse sm:justify-start">{actions}</div> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
