'use client'
import { type SubmitEvent, useEffect, useState } from 'react'
import { signIn } from 'next-auth/react'
import { now } from '@/lib/platform/clock'
import { formErrors } from './form-errors'
import { words } from './strings'
import { Button } from './ui-button'
import { TextField } from './ui-field'
import { Notice } from './ui-notice'

const RESEND_S = 30
const say = words.signIn

type CodeEntryProps = { email: string; challengeId: string; returnTo: string; sentAgain: boolean; onAgain: () => Promise<void>; onOtherEmail: () => void }

/** The six digits. Signs in by itself once the sixth is there. */
export const CodeEntry = ({ email, challengeId, returnTo, sentAgain, onAgain, onOtherEmail }: CodeEntryProps) => {
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  const solve = async (digits: string) => {
    if (digits.length !== 6) return setError(say.codeShort)
    setBusy(true)
    setError(null)
    const answer = await signIn('challenge', { redirect: false, challengeId, code: digits })
    if (answer?.ok && !answer.error) return window.location.assign(returnTo)
    setBusy(false)
    setError(say.codeWrong)
  }

  const type = (value: string) => {
    const digits = value.replace(/\D/g, '').slice(0, 6)
    setCode(digits)
    setError(null)
    if (digits.length === 6 && digits !== code) void solve(digits)
  }

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!busy) void solve(code)
  }

  return (
    <form onSubmit={submit} noValidate className="space-y-5">
      <div>
        <h1 className="type-title">{say.codeTitle}</h1>
        <p className="mt-2 text-soft">{say.codeLead(email)}</p>
      </div>
      {sentAgain ? (
        <Notice tone="done" live>
          {say.sentAgain}
        </Notice>
      ) : null}
      <TextField
        label={say.code}
        hint={say.codeHint}
        error={error}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="[0-9]*"
        value={code}
        readOnly={busy}
        onChange={(event) => type(event.target.value)}
        controlClassName="figures h-16 text-center text-3xl! font-semibold tracking-[0.35em]"
        autoFocus
      />
      <Button type="submit" size="large" wide busy={busy}>
        {say.signInNow}
      </Button>
      <div className="-mx-4 flex flex-wrap justify-between">
        <SendAgain onAgain={onAgain} />
        <Button variant="quiet" onClick={onOtherEmail}>
          {say.otherEmail}
        </Button>
      </div>
    </form>
  )
}

const SendAgain = ({ onAgain }: { onAgain: () => Promise<void> }) => {
  const [left, setLeft] = useState(RESEND_S)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    // By the clock, because a tab in the background counts slowly; and the mail app is in front now.
    const until = now() + RESEND_S * 1_000
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((until - now()) / 1_000))), 500)
    return () => clearInterval(timer)
  }, [])
  const again = async () => {
    setBusy(true)
    await onAgain().catch((error: unknown) => setProblem(formErrors(error, []).form))
    setBusy(false)
  }
  return (
    <>
      <Button variant="quiet" disabled={left > 0} busy={busy} onClick={() => void again()} className="figures">
        {left > 0 ? say.againIn(left) : say.again}
      </Button>
      {problem ? <Notice tone="error" live className="order-last mx-4 w-full">{problem}</Notice> : null}
    </>
  )
}
