import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { findAccount } from '@/lib/accounts/who-is-calling.server'
import { listSeries } from '@/lib/classes/series.server'
import { now } from '@/lib/platform/clock'
import { SeriesList } from '@/components/series-list'
import { SiteShell } from '@/components/site-shell'
import { words } from '@/components/strings'
import { ButtonLink } from '@/components/ui-button'

export const metadata: Metadata = { title: words.home.title }

const HomePage = async () => {
  const account = await findAccount()
  if (!account) redirect('/sign-in?to=/home')
  const series = await listSeries(account.personId)
  return (
    <SiteShell account={{ name: account.name }} width="wide">
      {series.length === 0 ? (
        <div className="max-w-xl py-8 sm:py-16">
          <h1 className="type-title">{words.home.emptyTitle}</h1>
          <p className="mt-3 mb-7 text-lead text-soft">{words.home.emptyText}</p>
          <ButtonLink href="/classes/new" size="large">
            {words.home.newClass}
          </ButtonLink>
        </div>
      ) : (
        <>
          <div className="mb-8 flex flex-wrap items-center justify-between gap-4">
            <h1 className="type-title">{words.home.title}</h1>
            <ButtonLink href="/classes/new" variant="secondary">
              {words.home.newClass}
            </ButtonLink>
          </div>
          <SeriesList series={series} drawnAt={now()} />
        </>
      )}
    </SiteShell>
  )
}

export default HomePage
