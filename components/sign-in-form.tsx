'use client'
import { type SubmitEvent, useState } from 'react'
import Link from 'next/link'
import { z } from 'zod'
import { api } from '@/lib/platform/api.client'
import { type FormErrors, formErrors, NO_ERRORS } from './form-errors'
import { CodeEntry } from './sign-in-code'
import { words } from './strings'
import { Button } from './ui-button'
import { TextField } from './ui-field'
import { Notice } from './ui-notice'
import { useFocusError } from './use-focus-error'

const Challenge = z.object({ challengeId: z.string() })
const EMAIL = /^\S+@\S+\.\S+$/

type SignInFormProps = {
  isNew: boolean
  returnTo: string
  /** A guest of the class's trainer, whose classes become the account's. */
  claim?: { classId: string; name: string; trainer: string } | undefined
}

/** The address first; then, in the same tab, the code from the mail. */
export const SignInForm = ({ isNew, returnTo, claim }: SignInFormProps) => {
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [challenge, setChallenge] = useState<{ id: string; again: boolean } | null>(null)
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<FormErrors>(NO_ERRORS)
  const form = useFocusError(errors)
  const say = words.signIn

  const mailCode = async (again: boolean) => {
    const more = claim ? { claim: true } : isNew ? { name: name.trim() } : {}
    const reply = await api('POST', `/api/sign-in${claim ? `?${new URLSearchParams({ classId: claim.classId })}` : ''}`, {
      body: { email: email.trim(), returnTo, ...more },
      reply: Challenge,
    })
    setChallenge({ id: reply.challengeId, again })
  }

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields: Record<string, string> = {}
    if (isNew && !name.trim()) fields.name = say.nameMissing
    if (!EMAIL.test(email.trim())) fields.email = say.emailWrong
    setErrors({ form: null, fields })
    if (Object.keys(fields).length > 0) return
    setBusy(true)
    await mailCode(false)
      .catch((error: unknown) => setErrors(formErrors(error, ['name', 'email'])))
      .finally(() => setBusy(false))
  }

  if (challenge) {
    return (
      <CodeEntry
        key={challenge.id}
        email={email.trim()}
        challengeId={challenge.id}
        returnTo={returnTo}
        sentAgain={challenge.again}
        onAgain={() => mailCode(true)}
        onOtherEmail={() => setChallenge(null)}
      />
    )
  }
  const other = new URLSearchParams({ ...(isNew ? {} : { new: '1' }), to: returnTo })
  return (
    <form ref={form} onSubmit={(event) => void submit(event)} noValidate className="space-y-5">
      <div>
        <h1 className="type-title">{claim ? say.claim.title : isNew ? say.newTitle : say.title}</h1>
        <p className="mt-2 text-soft">{claim ? say.claim.lead(claim.name, claim.trainer) : isNew ? say.newLead : say.lead}</p>
      </div>
      {isNew ? (
        <TextField label={say.name} hint={say.nameHint} name="name" autoComplete="name" maxLength={60} value={name} onChange={(event) => setName(event.target.value)} error={errors.fields.name} autoFocus />
      ) : null}
      <TextField
        label={say.email}
        name="email"
        type="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={254}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={errors.fields.email}
        autoFocus={!isNew}
      />
      {errors.form ? <Notice tone="error" live>{errors.form}</Notice> : null}
      <Button type="submit" size="large" wide busy={busy}>
        {say.send}
      </Button>
      {claim ? (
        <p className="text-base text-soft">{say.claim.known}</p>
      ) : (
        <p className="text-base text-soft">
          {isNew ? say.isKnown : say.isNew}{' '}
          <Link className="link" href={`/sign-in?${other}`}>
            {isNew ? say.toKnown : say.toNew}
          </Link>
        </p>
      )}
    </form>
  )
}
