'use client'
import { useEffect, useRef } from 'react'
import type { FormErrors } from './form-errors'

/** Puts the cursor into the first field that was refused, so that a keyboard or screen reader lands on its sentence. */
export const useFocusError = (errors: FormErrors) => {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (Object.keys(errors.fields).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [errors])
  return form
}
