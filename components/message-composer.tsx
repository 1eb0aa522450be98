'use client'
import { useId, useState } from 'react'
import { SendHorizontal } from 'lucide-react'
import { talkStrings as words } from './strings-talk'
import { Button } from './ui-button'
import { controlLook } from './ui-field'

export type Draft = { readonly read: () => string; readonly write: (text: string) => void }
type ComposerProps = {
  label: string
  max: number
  /** What was written when the place was left, and where it is left again. */
  draft?: Draft
  send?: string
  onSend: (text: string) => void
}

/** Near the end it says how much room is left. */
const WARN_AT = 50

/** A few lines and a button. Enter sends, Shift+Enter begins a line; a word that is still being composed is not sent. */
export const MessageComposer = ({ label, max, draft, send = words.send, onSend }: ComposerProps) => {
  const id = useId()
  const [text, setText] = useState(() => draft?.read() ?? '')
  const write = (next: string) => {
    setText(next)
    draft?.write(next)
  }
  const submit = () => {
    if (text.trim() === '') return
    onSend(text)
    write('')
  }
  const left = max - text.length
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <div className="flex items-end gap-2">
        <textarea
          id={id}
          rows={1}
          value={text}
          maxLength={max}
          placeholder={label}
          enterKeyHint="send"
          autoComplete="off"
          aria-describedby={`${id}-left`}
          onChange={(event) => write(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            submit()
          }}
          className={`${controlLook} max-h-32 grow resize-none border-line-strong py-2.5 [field-sizing:content]`}
        />
        <Button type="submit" aria-label={send} title={send} className="min-h-12 shrink-0">
          <SendHorizontal aria-hidden />
        </Button>
      </div>
      <p id={`${id}-left`} aria-live="polite" className="text-small text-soft empty:hidden">
        {left <= WARN_AT ? words.left(left) : null}
      </p>
    </form>
  )
}
