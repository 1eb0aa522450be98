'use client'
import { type SubmitEvent, useId, useState } from 'react'
import { Download } from 'lucide-react'
import { confirmsDeletion } from '@/lib/privacy/confirm-deletion'
import { api } from '@/lib/platform/api.client'
import { formErrors } from './form-errors'
import { leaveForGood } from './sign-out'
import { words } from './strings'
import { Button, buttonLook } from './ui-button'
import { Dialog } from './ui-dialog'
import { TextField } from './ui-field'
import { Notice } from './ui-notice'

const say = words.account.data

/** Everything as a file, and the way out. */
export const AccountData = ({ email }: { email: string }) => {
  const formId = useId()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<{ typed: string | null; form: string | null }>({ typed: null, form: null })
  const toggle = (to: boolean) => {
    setOpen(to)
    setTyped('')
    setErrors({ typed: null, form: null })
  }
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    if (!confirmsDeletion(typed, email)) return setErrors({ typed: say.confirmWrong, form: null })
    setBusy(true)
    setErrors({ typed: null, form: null })
    try {
      await api('DELETE', '/api/account', { body: { confirm: typed.trim() } })
    } catch (cause) {
      const { fields, form } = formErrors(cause, ['confirm'])
      setErrors({ typed: fields.confirm ?? null, form })
      setBusy(false)
      return
    }
    await leaveForGood()
  }
  return (
    <>
      <div className="flex flex-wrap gap-3">
        {/* A file, not a page: the browser saves it itself. */}
        <a href="/api/account/export" download className={buttonLook({ variant: 'secondary' })}>
          <Download aria-hidden />
          {say.download}
        </a>
        <Button variant="quiet" onClick={() => toggle(true)}>
          {say.erase}
        </Button>
      </div>
      <Dialog
        open={open}
        onOpenChange={toggle}
        title={say.question}
        description={say.goes}
        actions={
          <>
            <Button type="submit" form={formId} variant="danger" busy={busy}>
              {say.yes}
            </Button>
            <Button variant="quiet" onClick={() => toggle(false)}>
              {say.keep}
            </Button>
          </>
        }
      >
        <form id={formId} noValidate onSubmit={(event) => void submit(event)} className="space-y-4">
          <p className="text-base">{say.goesTrainer}</p>
          <TextField
            label={say.confirm(email)}
            name="confirm"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={typed}
            error={errors.typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          {errors.form ? (
            <Notice tone="error" live>
              {errors.form}
            </Notice>
          ) : null}
        </form>
      </Dialog>
    </>
  )
}
