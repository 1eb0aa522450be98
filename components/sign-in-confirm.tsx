'use client'
import { useState, useSyncExternalStore } from 'react'
import { signIn } from 'next-auth/react'
import { safeReturnTo } from '@/lib/accounts/return-to'
import { words } from './strings'
import { Button, ButtonLink } from './ui-button'
import { Notice } from './ui-notice'

const say = words.signIn
const never = () => () => undefined

/**
 * The mail's link leads here with its token in the fragment, which no server and no mail scanner's fetch sees. Signing in is a POST
 * from a tap: a scanner that runs scripts does not tap, and burns nothing.
 */
export const SignInConfirm = () => {
  const hash = useSyncExternalStore(never, () => window.location.hash, () => null)
  const [state, setState] = useState<'idle' | 'busy' | 'wrong'>('idle')

  if (hash === null) return <p className="text-soft">{say.confirmBusy}</p>
  const given = new URLSearchParams(hash.slice(1))
  const token = given.get('token')
  if (!token || state === 'wrong') {
    return (
      <div className="space-y-5">
        <h1 className="type-title">{say.title}</h1>
        <Notice tone="error" live>
          {token ? say.confirmWrong : say.confirmMissing}
        </Notice>
        <ButtonLink href="/sign-in" size="large" wide>
          {say.newCode}
        </ButtonLink>
      </div>
    )
  }
  const confirm = async () => {
    setState('busy')
    const answer = await signIn('challenge', { redirect: false, token })
    // Replaced, so that the token does not stay in the history.
    if (answer?.ok && !answer.error) window.location.replace(safeReturnTo(given.get('to')))
    else setState('wrong')
  }
  return (
    <div className="space-y-5">
      <div>
        <h1 className="type-title">{say.confirmTitle}</h1>
        <p className="mt-2 text-soft">{say.confirmLead}</p>
      </div>
      <Button size="large" wide busy={state === 'busy'} onClick={() => void confirm()} autoFocus>
        {state === 'busy' ? say.confirmBusy : say.signInNow}
      </Button>
    </div>
  )
}
