import { AppError } from '@/lib/platform/app-error'

export type FormErrors = { readonly form: string | null; readonly fields: Readonly<Record<string, string>> }
export const NO_ERRORS: FormErrors = { form: null, fields: {} }

/**
 * What to show for a failed call: each field's sentence beside its field, and the general one only when no shown field says it.
 * Anything that is not an AppError is a defect and is thrown on.
 */
export const formErrors = (error: unknown, shown: readonly string[]): FormErrors => {
  if (!(error instanceof AppError)) throw error
  const fields = Object.fromEntries(Object.entries(error.fields ?? {}).filter(([name]) => shown.includes(name)))
  return { fields, form: Object.keys(fields).length > 0 ? null : error.message }
}
