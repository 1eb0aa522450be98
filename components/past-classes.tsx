import Link from 'next/link'
import { ChevronRight } from 'lucide-react'
import { LocalTime } from './local-time'
import { words } from './strings'
import { scheduleStrings as say } from './strings-schedule'

type PastClass = { liveClass: { classId: string; title: string; startsAt: number }; series: { timezone: string } }

/** Classes that are over, each with its summary. */
export const PastClasses = ({ rows, drawnAt }: { rows: readonly PastClass[]; drawnAt: number }) =>
  rows.length === 0 ? (
    <p className="text-soft">{say.noPast}</p>
  ) : (
    <ul className="-mx-3">
      {rows.map(({ liveClass, series }) => (
        <li key={liveClass.classId}>
          <Link href={`/classes/${liveClass.classId}`} className="flex min-h-12 items-center justify-between gap-4 rounded-control px-3 py-1.5 text-base text-ink no-underline hover:bg-sunk">
            <span className="min-w-0">
              <span className="block font-medium break-words">{liveClass.title}</span>
              <span className="figures block text-small text-soft">
                <LocalTime at={liveClass.startsAt} drawnAt={drawnAt} timezone={series.timezone} />
              </span>
            </span>
            <span className="inline-flex shrink-0 items-center gap-1 text-soft">
              {words.home.summary}
              <ChevronRight aria-hidden className="size-4" />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
