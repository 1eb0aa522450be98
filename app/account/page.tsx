import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { listBearers } from '@/lib/accounts/bearer.server'
import { listConsentsGiven } from '@/lib/accounts/consents-given.server'
import { getProfile } from '@/lib/accounts/profile.server'
import { findAccount } from '@/lib/accounts/who-is-calling.server'
import { listFollows } from '@/lib/classes/follow.server'
import { listMemberships } from '@/lib/classes/membership.server'
import { pushKey } from '@/lib/notifications/web-push.server'
import { now } from '@/lib/platform/clock'
import { AccountData } from '@/components/account-data'
import { BearerList } from '@/components/bearer-list'
import { FollowForm } from '@/components/follow-form'
import { KeepDaysForm } from '@/components/keep-days'
import { LeadPanel } from '@/components/lead-panel'
import { Memberships } from '@/components/leave-series'
import { ProfileForm } from '@/components/profile-form'
import { SharingForm } from '@/components/sharing-form'
import { SignOut } from '@/components/sign-out'
import { SiteShell } from '@/components/site-shell'
import { words } from '@/components/strings'
import { connectionStrings } from '@/components/strings-connections'
import { historyStrings } from '@/components/strings-history'
import { memberStrings } from '@/components/strings-member'
import { noticeStrings } from '@/components/strings-notices'
import { firstName } from '@/components/strings-room'
import { Panel } from '@/components/ui-panel'

export const metadata: Metadata = { title: words.account.title }

const say = words.account

const AccountPage = async () => {
  const account = await findAccount()
  if (!account) redirect('/sign-in?to=/account')
  const { personId } = account
  const [profile, consents, bearers, follows, memberships] = await Promise.all([getProfile(personId), listConsentsGiven(personId), listBearers(personId), listFollows(personId), listMemberships(personId)])
  return (
    <SiteShell account={{ name: account.name }}>
      <div className="mb-8 flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="type-title">{say.title}</h1>
          <p className="mt-2 text-soft">{say.signedInAs(account.email)}</p>
        </div>
        <SignOut />
      </div>
      <div className="space-y-6">
        <Panel>
          <h2 className="type-heading">{say.profile.title}</h2>
          <p className="mt-1 mb-6 text-soft">{say.profile.lead}</p>
          <ProfileForm profile={profile} timezones={Intl.supportedValuesOf('timeZone')} />
        </Panel>
        <Panel>
          <h2 className="type-heading mb-4">{say.sharing.title}</h2>
          {consents.length === 0 ? <p className="text-soft">{say.sharing.none}</p> : null}
          <div className="space-y-6">
            {consents.map((given) => (
              <SharingForm key={given.trainerId} {...given} />
            ))}
          </div>
        </Panel>
        <Panel>
          <h2 className="type-heading">{memberStrings.keepDays.title}</h2>
          <p className="mt-1 mb-4 text-soft">{memberStrings.keepDays.lead}</p>
          <KeepDaysForm keepDays={profile.keepDays} />
        </Panel>
        <LeadPanel title={historyStrings.accountTitle} text={historyStrings.accountText} href="/history" open={historyStrings.accountLink} />
        <Panel>
          <h2 className="type-heading mb-3">{memberStrings.leave.title}</h2>
          {memberships.length === 0 ? <p className="text-soft">{memberStrings.leave.none}</p> : <Memberships memberships={memberships} />}
        </Panel>
        <Panel>
          <h2 className="type-heading mb-4">{noticeStrings.accountTitle}</h2>
          {follows.length === 0 ? <p className="text-soft">{noticeStrings.accountNone}</p> : null}
          <div className="space-y-6">
            {follows.map(({ seriesId, trainerId, title, trainer, state }) => (
              <div key={seriesId} className="border-t border-line pt-5 first:border-t-0 first:pt-0">
                <h3 className="mb-2 text-lg font-semibold">{noticeStrings.titleOf(title)}</h3>
                <FollowForm reader={{ seriesId, trainerId }} trainer={firstName(trainer)} initial={state} pushKey={pushKey()} host={trainerId === personId} />
              </div>
            ))}
          </div>
        </Panel>
        <LeadPanel title={connectionStrings.title} text={connectionStrings.accountLead} href="/connections" open={connectionStrings.open} />
        <Panel>
          <h2 className="type-heading">{say.access.title}</h2>
          <p className="mt-1 mb-3 text-soft">{say.access.lead}</p>
          <BearerList bearers={bearers} drawnAt={now()} timezone={profile.timezone ?? 'UTC'} />
        </Panel>
        <Panel>
          <h2 className="type-heading">{say.data.title}</h2>
          <p className="mt-1 mb-4 text-soft">{say.data.lead}</p>
          <AccountData email={account.email} />
        </Panel>
      </div>
    </SiteShell>
  )
}

export default AccountPage
