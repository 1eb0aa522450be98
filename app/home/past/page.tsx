import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { findAccount } from '@/lib/accounts/who-is-calling.server'
import { listPastClasses } from '@/lib/classes/timetable.server'
import { now } from '@/lib/platform/clock'
import { PastClasses } from '@/components/past-classes'
import { SiteShell } from '@/components/site-shell'
import { scheduleStrings as say } from '@/components/strings-schedule'
import { ButtonLink } from '@/components/ui-button'

export const metadata: Metadata = { title: say.past }
const A_PAGE = 20

const PastPage = async ({ searchParams }: { searchParams: Promise<{ before?: string }> }) => {
  const account = await findAccount()
  if (!account) redirect('/sign-in?to=/home/past')
  const { before } = await searchParams
  // Ten digits are the year 1970, thirteen today; anything else is the first page.
  const from = before !== undefined && /^\d{10,14}$/.test(before) ? Number(before) : undefined
  const { rows, older } = await listPastClasses(account.personId, A_PAGE, from)
  return (
    <SiteShell account={{ name: account.name }}>
      <h1 className="mb-6 type-title">{say.past}</h1>
      <PastClasses rows={rows} drawnAt={now()} />
      <nav aria-label={say.past} className="mt-6 flex gap-2">
        {from === undefined ? null : (
          <ButtonLink href="/home/past" variant="secondary">
            {say.newest}
          </ButtonLink>
        )}
        {older === null ? null : (
          <ButtonLink href={`/home/past?before=${older}`} variant="secondary">
            {say.older}
          </ButtonLink>
        )}
      </nav>
    </SiteShell>
  )
}

export default PastPage
