'use client'
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { X } from 'lucide-react'
import { classNames } from './class-names'
import { roomStrings } from './strings-room'
import { IconButton } from './ui-button'
import { useCovered } from './use-covered'

type RoomPanelProps = {
  title: ReactNode
  onClose: () => void
  children: ReactNode
  /** On a wide screen the class makes room for it. */
  beside?: boolean
}

/**
 * A sheet beside the class, inside its nearest positioned parent: the controls under it stay in reach and the keys keep working.
 * Takes the focus when it opens, gives it back when it goes; Escape closes it.
 */
export const RoomPanel = ({ title, onClose, children, beside = false }: RoomPanelProps) => {
  const id = useId()
  const [sheet, covered] = useCovered()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const before = document.activeElement
    heading.current?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  // A step that goes takes its focused button along: the keyboard stays in the sheet. Every drawing may be such a step.
  const inside = useRef(true)
  useEffect(() => {
    if (inside.current && document.activeElement === document.body) heading.current?.focus()
  })
  return (
    <section
      ref={sheet}
      style={covered > 0 ? { bottom: covered, maxHeight: `calc(100% - ${covered}px)` } : undefined}
      role="dialog"
      aria-modal="false"
      aria-labelledby={id}
      onFocus={() => (inside.current = true)}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) inside.current = false
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.stopPropagation()
        onClose()
      }}
      className={classNames(
        'absolute z-30 flex flex-col overflow-y-auto overscroll-contain border-line bg-surface px-4',
        'pb-[max(1.25rem,env(safe-area-inset-bottom))] shadow-2xl',
        'inset-x-0 bottom-0 max-h-full rounded-t-panel border-t landscape:inset-y-0 landscape:right-0 landscape:left-auto',
        'landscape:max-h-none landscape:w-[min(24rem,60vw)] landscape:rounded-none landscape:border-t-0 landscape:border-l',
        beside && 'lg:landscape:static lg:landscape:-my-2 lg:landscape:-mr-2 lg:landscape:shrink-0',
      )}
    >
      <div className="sticky top-0 z-10 -mx-4 flex items-center justify-between gap-4 bg-surface px-4 pt-3 pb-2">
        <h2 id={id} ref={heading} tabIndex={-1} className="type-heading outline-none">
          {title}
        </h2>
        <IconButton label={roomStrings.controls.close} icon={<X aria-hidden />} onClick={onClose} className="-mr-2 shrink-0" />
      </div>
      {children}
    </section>
  )
}
