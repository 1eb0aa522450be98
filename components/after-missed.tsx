import { Download } from 'lucide-react'
import type { Misser } from '@/lib/classes/turnout'
import { CopyButton } from './copy-button'
import { afterStrings } from './strings-after'
import { buttonLook } from './ui-button'

const words = afterStrings.people

export const AfterMissed = ({ missed }: { missed: readonly Misser[] }) => (
  <section aria-labelledby="missed">
    <h2 id="missed" className="type-heading">
      {words.missed}
    </h2>
    <p className="mb-2 text-base text-soft">{words.missedText}</p>
    <ul className="divide-y divide-line border-y border-line">
      {missed.map(({ personId, name, streak }) => (
        <li key={personId} data-missed={personId} className="flex flex-wrap gap-x-4 py-3">
          <span className="font-semibold">{name}</span>
          <span className="text-base text-soft">{words.missedRow(streak)}</span>
        </li>
      ))}
    </ul>
  </section>
)

/** The list as a file, and the trainer's own pay link where there is one. */
export const AfterTake = ({ classId, pay }: { classId: string; pay: { url: string | null; note: string | null } }) => (
  <div className="flex flex-wrap items-center gap-3">
    {/* A file, not a page: the browser saves it itself. */}
    <a href={`/api/classes/${classId}/attendance.csv`} download className={buttonLook({ variant: 'secondary' })} title={words.downloadText}>
      <Download aria-hidden />
      {words.download}
    </a>
    {pay.url === null ? null : (
      <>
        <CopyButton text={pay.url} label={afterStrings.pay.copy} said={{ copied: afterStrings.digest.copied, failed: afterStrings.digest.copyFailed }} />
        <span className="text-base break-all text-soft">{pay.note ?? pay.url}</span>
      </>
    )}
  </div>
)
