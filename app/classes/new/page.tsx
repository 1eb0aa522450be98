import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { findAccount } from '@/lib/accounts/who-is-calling.server'
import { NewClassForm } from '@/components/new-class-form'
import { SiteShell } from '@/components/site-shell'
import { words } from '@/components/strings'

export const metadata: Metadata = { title: words.newClass.title }

const NewClassPage = async () => {
  const account = await findAccount()
  if (!account) redirect('/sign-in?new=1&to=/classes/new')
  return (
    <SiteShell account={{ name: account.name }}>
      <h1 className="type-title">{words.newClass.title}</h1>
      <p className="mt-2 mb-8 text-lead text-soft">{words.newClass.lead}</p>
      <NewClassForm />
    </SiteShell>
  )
}

export default NewClassPage
