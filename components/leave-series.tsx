'use client'
import { useState } from 'react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import type { Membership } from '@/lib/classes/membership'
import { api } from '@/lib/platform/api.client'
import { Confirm } from './room-confirm'
import { memberStrings } from './strings-member'
import { firstName } from './strings-room'
import { Button } from './ui-button'

const words = memberStrings.leave

/** The series that somebody belongs to, each with the way to it and the way out. */
export const Memberships = ({ memberships }: { memberships: readonly Membership[] }) => {
  const router = useRouter()
  const [asked, setAsked] = useState<Membership | null>(null)
  const leave = async ({ seriesId }: Membership) => {
    await api('DELETE', `/api/series/${seriesId}/membership`)
    router.refresh()
  }
  return (
    <>
      <ul className="divide-y divide-line border-y border-line">
        {memberships.map((one) => (
          <li key={one.seriesId} className="flex flex-wrap items-center justify-between gap-x-4 py-2">
            <Link className="link inline-flex min-h-11 items-center" href={`/c/${one.slug}`}>
              {words.series(one.title, one.trainerName)}
            </Link>
            <Button variant="quiet" aria-label={words.openNamed(one.title)} onClick={() => setAsked(one)}>
              {words.open}
            </Button>
          </li>
        ))}
      </ul>
      <Confirm
        onStage={false}
        question={
          asked && {
            title: words.question(asked.title),
            text: words.goes(firstName(asked.trainerName)),
            yes: words.yes,
            danger: true,
            run: () => leave(asked),
          }
        }
        onDone={() => setAsked(null)}
      />
    </>
  )
}
