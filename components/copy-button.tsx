'use client'
import { useEffect, useState } from 'react'
import { Check, Copy } from 'lucide-react'
import { Button } from './ui-button'

const COPIED_MS = 4_000

type CopyButtonProps = { text: string; label: string; name?: string; said: { copied: string; failed: string } }

/** Puts a text on the clipboard, and says whether it is there. `name`: for whoever cannot see what it stands beside. */
export const CopyButton = ({ text, label, name, said }: CopyButtonProps) => {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), COPIED_MS)
    return () => clearTimeout(timer)
  }, [state])
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('failed'),
    )
  return (
    <>
      <Button variant="secondary" aria-label={name} onClick={() => void copy()}>
        {state === 'copied' ? <Check aria-hidden /> : <Copy aria-hidden />}
        {state === 'copied' ? said.copied : label}
      </Button>
      <span role="status" className={state === 'failed' ? 'text-small text-soft' : 'sr-only'}>
        {state === 'copied' ? said.copied : state === 'failed' ? said.failed : ''}
      </span>
    </>
  )
}
