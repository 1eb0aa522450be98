'use client'
import { useState } from 'react'
import { formErrors } from './form-errors'

/**
 * What a button asks the server for: whether it is being asked, and the sentence that says why it failed. `leaves`: what was asked for leads
 * to another page, and the button is busy until then. `field`: the one whose mistake is that sentence. `act` says whether it worked.
 */
export function useAct({ leaves = false, field = '' } = {}) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const act = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true)
    setProblem(null)
    try {
      await work()
      if (!leaves) setBusy(false)
      return true
    } catch (error) {
      setBusy(false)
      const { fields, form } = formErrors(error, [field])
      setProblem(fields[field] ?? form)
      return false
    }
  }
  return { busy, problem, act }
}
