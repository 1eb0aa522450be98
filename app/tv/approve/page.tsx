import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { findAccount } from '@/lib/accounts/who-is-calling.server'
import { listOpenClasses } from '@/lib/classes/open-classes.server'
import { SiteShell } from '@/components/site-shell'
import { deviceStrings } from '@/components/strings-devices'
import { TvApprove } from '@/components/tv-approve'
import { ButtonLink } from '@/components/ui-button'
import { Panel } from '@/components/ui-panel'

const words = deviceStrings.approve

export const metadata: Metadata = { title: words.pageTitle, robots: { index: false } }

const TvApprovePage = async () => {
  const account = await findAccount()
  if (!account) redirect('/sign-in?to=/tv/approve')
  const classes = await listOpenClasses(account.personId)
  return (
    <SiteShell account={{ name: account.name }}>
      <h1 className="type-title mb-6">{words.title}</h1>
      <Panel>
        {classes.length === 0 ? (
          <div className="space-y-4">
            <p>{words.none}</p>
            <ButtonLink href="/home">{words.toClasses}</ButtonLink>
          </div>
        ) : (
          <TvApprove classes={classes} />
        )}
      </Panel>
    </SiteShell>
  )
}

export default TvApprovePage
