'use client'
import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react'
import { Check, Copy, MessageCircle, Share2 } from 'lucide-react'
import { whatsAppUrl } from '@/lib/classes/invite'
import { classNames } from './class-names'
import { words } from './strings'
import { Button, buttonLook } from './ui-button'
import { controlLook } from './ui-field'
import { Notice } from './ui-notice'

const say = words.invite
const never = () => () => undefined
const COPIED_MS = 4_000
/** An address that means another machine wherever it is opened. */
const ONLY_HERE = /^https?:\/\/(localhost|127\.|\[::1\])/

/** The permanent link, and the ways to send it with one line on straps and iPhones. */
export const InviteShare = ({ url, title, message }: { url: string; title: string; message: string }) => {
  const id = useId()
  const [copied, setCopied] = useState<'link' | 'invite' | 'failed' | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const canShare = useSyncExternalStore(never, () => 'share' in navigator, () => false)
  useEffect(() => {
    if (copied === null) return
    const timer = setTimeout(() => setCopied(null), COPIED_MS)
    return () => clearTimeout(timer)
  }, [copied])

  const copy = async (what: 'link' | 'invite') => {
    try {
      await navigator.clipboard.writeText(what === 'link' ? url : message)
      setCopied(what)
    } catch {
      field.current?.select()
      setCopied('failed')
    }
  }
  // Closing the system's sheet rejects; that is an answer, not a failure.
  const share = () => navigator.share({ title, text: message }).catch(() => undefined)

  return (
    <div className="space-y-4">
      <div>
        <label htmlFor={id} className="mb-1.5 block text-base font-semibold">
          {say.label}
        </label>
        <div className="flex flex-col gap-2 sm:flex-row">
          <input ref={field} id={id} readOnly value={url} onFocus={(event) => event.target.select()} className={classNames(controlLook, 'border-line-strong font-medium')} />
          <Button variant="secondary" onClick={() => void copy('link')} className="min-h-12 shrink-0">
            {copied === 'link' ? <Check aria-hidden /> : <Copy aria-hidden />}
            {copied === 'link' ? say.copied : say.copy}
          </Button>
        </div>
      </div>
      {ONLY_HERE.test(url) ? (
        <Notice tone="warning">
          {say.onlyHere} <code className="font-semibold whitespace-nowrap">{say.onlyHereCommand}</code>
        </Notice>
      ) : null}
      <figure className="rounded-control bg-sunk px-4 py-3.5">
        <figcaption className="mb-1 text-small font-semibold text-soft">{say.invite}</figcaption>
        <p className="text-base break-words whitespace-pre-line">{message}</p>
      </figure>
      <div className="flex flex-wrap gap-2">
        <a className={buttonLook({ variant: 'secondary' })} href={whatsAppUrl(message)} target="_blank" rel="noreferrer">
          <MessageCircle aria-hidden />
          {say.whatsapp}
        </a>
        {canShare ? (
          <Button variant="secondary" onClick={() => void share()}>
            <Share2 aria-hidden />
            {say.share}
          </Button>
        ) : null}
        <Button variant="secondary" onClick={() => void copy('invite')}>
          {copied === 'invite' ? <Check aria-hidden /> : <Copy aria-hidden />}
          {copied === 'invite' ? say.copied : say.copyInvite}
        </Button>
      </div>
      <p role="status" className="text-small text-soft empty:hidden">
        {copied === 'failed' ? say.copyFailed : copied ? say.copied : ''}
      </p>
    </div>
  )
}
