'use client'
import { useEffect, useId, useState } from 'react'
import { Check, Copy, MessageCircle } from 'lucide-react'
import { roomStrings } from './strings-room'
import { Button, buttonLook } from './ui-button'
import { controlLook } from './ui-field'
import { classNames } from './class-names'

const words = roomStrings.share

/** The permanent link and two ways to send it. */
export const ShareLink = ({ slug, title }: { slug: string; title: string }) => {
  const id = useId()
  const [copied, setCopied] = useState(false)
  const url = `${window.location.origin}/c/${slug}`
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 4_000)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url)
      setCopied(true)
    } catch {
      // No clipboard on plain http: select it, so that the hand can copy.
      const field = document.getElementById(id)
      if (field instanceof HTMLInputElement) field.select()
    }
  }
  return (
    <div className="space-y-3">
      <p className="text-base text-soft">{words.text}</p>
      <label htmlFor={id} className="sr-only">
        {words.linkLabel}
      </label>
      <input id={id} readOnly value={url} onFocus={(event) => event.target.select()} className={classNames(controlLook, 'border-line-strong')} />
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void copy()}>
          {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          <span aria-live="polite">{copied ? words.copied : words.copy}</span>
        </Button>
        <a className={buttonLook({ variant: 'secondary' })} href={`https://wa.me/?text=${encodeURIComponent(words.message(title, url))}`} target="_blank" rel="noreferrer">
          <MessageCircle aria-hidden />
          {words.whatsapp}
        </a>
      </div>
    </div>
  )
}
