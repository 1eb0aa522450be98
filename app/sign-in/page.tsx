import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { safeReturnTo } from '@/lib/accounts/return-to'
import { findAccount } from '@/lib/accounts/who-is-calling.server'
import { SignInForm } from '@/components/sign-in-form'
import { SiteShell } from '@/components/site-shell'
import { words } from '@/components/strings'

export const metadata: Metadata = { title: words.signIn.title, robots: { index: false } }

type Query = { searchParams: Promise<{ to?: string | string[]; new?: string | string[] }> }

const SignInPage = async ({ searchParams }: Query) => {
  const query = await searchParams
  const returnTo = safeReturnTo(typeof query.to === 'string' ? query.to : undefined)
  if (await findAccount()) redirect(returnTo)
  const isNew = query.new !== undefined
  return (
    <SiteShell account={null} width="narrow">
      <SignInForm key={String(isNew)} isNew={isNew} returnTo={returnTo} />
    </SiteShell>
  )
}

export default SignInPage
