'use client'
import { useState } from 'react'
import { useRouter } from 'next/navigation'
import { api } from '@/lib/platform/api.client'
import type { ClassAfter, KnownGuest } from '@/lib/summaries/class-after'
import { Confirm } from './room-confirm'
import { afterStrings } from './strings-after'
import { Button } from './ui-button'

const words = afterStrings.alike

/** Like names, and the one tap that makes them one person, after a question that names what follows. */
export const AfterAlike = ({ seriesId, alike }: { seriesId: string; alike: ClassAfter['alike'] }) => {
  const router = useRouter()
  const [asked, setAsked] = useState<readonly [KnownGuest, KnownGuest] | null>(null)
  const [keep, merge] = asked ?? []
  const join = async () => {
    await api('POST', `/api/series/${seriesId}/merge-people`, { body: { keep: keep?.personId, merge: merge?.personId } })
    router.refresh()
  }
  return (
    <section aria-labelledby="alike">
      <h2 id="alike" className="type-heading">
        {words.title}
      </h2>
      <p className="mb-2 text-base text-soft">{words.text}</p>
      <ul className="divide-y divide-line border-y border-line">
        {alike.map(([one, other]) => (
          <li key={`${one.personId} ${other.personId}`} className="flex flex-wrap items-center justify-between gap-3 py-3">
            <span>
              <span className="font-semibold">{words.pair(one.name, other.name)}</span>
              <span className="text-base text-soft">
                {' '}
                · {words.classes(other.classes)}, {words.classes(one.classes)}
              </span>
            </span>
            <Button variant="secondary" aria-label={words.joinNamed(one.name, other.name)} onClick={() => setAsked([one, other])}>
              {words.join}
            </Button>
          </li>
        ))}
      </ul>
      <Confirm
        onStage={false}
        question={
          keep && merge
            ? { title: words.question(keep.name, merge.name), text: words.goes(keep.name, merge.name), yes: words.yes, danger: true, run: join }
            : null
        }
        onDone={() => setAsked(null)}
      />
    </section>
  )
}
