'use client'
import { useState } from 'react'
import { useRouter } from 'next/navigation'
import { api } from '@/lib/platform/api.client'
import { Confirm } from './room-confirm'
import { memberStrings } from './strings-member'
import { Button } from './ui-button'
import { Notice } from './ui-notice'

const words = memberStrings.erase

/** Offered where somebody no longer wants to be kept: what was stored before goes too, if they say so. */
export const SharingErase = ({ trainerId, trainer }: { trainerId: string; trainer: string }) => {
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  const [erased, setErased] = useState(false)
  const erase = async () => {
    await api('DELETE', `/api/consents/${trainerId}?${new URLSearchParams({ trainerId })}`)
    setErased(true)
    router.refresh()
  }
  if (erased)
    return (
      <Notice tone="done" live>
        {words.done}
      </Notice>
    )
  const question = { title: words.question, text: words.goes(trainer), yes: words.yes, danger: true, run: erase }
  return (
    <Notice
      actions={
        <Button variant="secondary" onClick={() => setAsking(true)}>
          {words.open(trainer)}
        </Button>
      }
    >
      {words.offer}
      <Confirm onStage={false} question={asking ? question : null} onDone={() => setAsking(false)} />
    </Notice>
  )
}
