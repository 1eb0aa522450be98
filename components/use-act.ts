'use client'
import { useState } from 'react'
import { formErrors } from './form-errors'

/**
 * What a button asks the server for: whether it is being asked, and the sentence that says why it failed. `leaves`: what was asked for leads
 * to another page, and the button is busy until then.
 */
export function useAct({ leaves = false } = {}) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const act = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      await work()
      if (!leaves) setBusy(false)
    } catch (error) {
      setBusy(false)
      setProblem(formErrors(error, []).form)
    }
  }
  return { busy, problem, act }
}
