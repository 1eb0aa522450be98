'use client'
import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import type { Tile } from '@/lib/room/room-view'
import { floatingWallStrings as words } from './strings-rehearsal'
import { useTimer } from './timer-here'
import { FloatingTimer } from './timer-strip-member'
import { Button } from './ui-button'
import { useSize } from './use-size'
import { WallGrid } from './wall-grid'

/** https://wicg.github.io/document-picture-in-picture/; not in TypeScript's library yet. */
type DocumentPictureInPicture = { readonly window: Window | null; requestWindow(options: { width: number; height: number }): Promise<Window> }
declare global {
  interface Window {
    readonly documentPictureInPicture?: DocumentPictureInPicture
  }
}
const pictureInPicture = (): DocumentPictureInPicture | null => (typeof window === 'undefined' ? null : (window.documentPictureInPicture ?? null))

export type FloatingWindow = {
  /** Chrome and Edge on a computer. */
  readonly possible: boolean
  readonly open: Window | null
  /** From a click. */
  readonly toggle: () => void
}

const SIZE = { width: 520, height: 340 }

/** An always-on-top window of this page, for a wall above the trainer's own call. It closes with the page. */
export function useFloatingWindow(): FloatingWindow {
  const [open, setOpen] = useState<Window | null>(null)
  useEffect(() => {
    if (!open) return
    const closed = () => setOpen(null)
    open.addEventListener('pagehide', closed)
    return () => {
      open.removeEventListener('pagehide', closed)
      open.close()
    }
  }, [open])
  const toggle = () => {
    if (open) return setOpen(null)
    void pictureInPicture()
      ?.requestWindow(SIZE)
      .then((floating) => {
        dress(floating)
        setOpen(floating)
      })
      .catch(() => undefined) // closed at once, or refused by the browser: the wall stays where it is
  }
  return { possible: pictureInPicture() !== null, open, toggle }
}

/** The window is empty and has none of our looks: it borrows the page's own style sheets. */
function dress(floating: Window): void {
  for (const sheet of document.querySelectorAll<HTMLLinkElement | HTMLStyleElement>('link[rel="stylesheet"], style')) {
    const copy = floating.document.importNode(sheet, true)
    copy.nonce = sheet.nonce
    floating.document.head.append(copy)
  }
  floating.document.title = words.label
  floating.document.documentElement.lang = 'en'
  floating.document.documentElement.className = document.documentElement.className
}

/** In place of the wall: a way back; in the floating window: the wall itself. Audience: the trainer only. */
export const FloatingWall = ({ tiles, cameraLimit, floating }: { tiles: readonly Tile[]; cameraLimit: number | null; floating: FloatingWindow }) => (
  <div className="flex h-full min-w-0 grow flex-col items-center justify-center gap-3 text-center">
    <p className="text-lead text-soft">{words.closeHint}</p>
    <p className="text-small text-soft">{words.audience}</p>
    <Button variant="secondary" onClick={floating.toggle}>
      {words.close}
    </Button>
    {floating.open ? createPortal(<Floor tiles={tiles} cameraLimit={cameraLimit} />, floating.open.document.body) : null}
  </div>
)

const Floor = ({ tiles, cameraLimit }: { tiles: readonly Tile[]; cameraLimit: number | null }) => {
  const [floor, size] = useSize()
  const timer = useTimer()
  return (
    <div className="stage fixed inset-0 flex flex-col">
      {timer ? <FloatingTimer session={timer.session} /> : null}
      <div ref={floor} className="m-1 min-h-0 grow">
        <WallGrid tiles={tiles} floor={size} cameraLimit={cameraLimit} />
      </div>
    </div>
  )
}
