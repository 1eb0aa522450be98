import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { safeReturnTo } from '@/lib/accounts/return-to'
import { findAccount, findGuestFor } from '@/lib/accounts/who-is-calling.server'
import { findHostId } from '@/lib/classes/actor.server'
import { getSeriesOfClass } from '@/lib/classes/series.server'
import { SignInForm } from '@/components/sign-in-form'
import { SiteShell } from '@/components/site-shell'
import { words } from '@/components/strings'
import { firstName } from '@/components/strings-room'

export const metadata: Metadata = { title: words.signIn.title, robots: { index: false } }

type Given = string | string[] | undefined
type Query = { searchParams: Promise<{ to?: Given; new?: Given; claim?: Given }> }
const text = (given: Given): string | undefined => (typeof given === 'string' ? given : undefined)

/** The guest of this browser who asks to keep what they did, known by a class they were in. */
async function findClaim(classId: string | undefined) {
  const hostId = classId === undefined || !/^cls_\w+$/.test(classId) ? undefined : await findHostId(classId)
  const guest = hostId === undefined ? undefined : await findGuestFor(hostId)
  if (classId === undefined || !guest) return undefined
  const { series } = await getSeriesOfClass(classId)
  return { classId, name: guest.name, trainer: firstName(series.hostName) }
}

const SignInPage = async ({ searchParams }: Query) => {
  const query = await searchParams
  const classId = text(query.claim)
  const returnTo = safeReturnTo(classId === undefined ? text(query.to) : `/summaries/${encodeURIComponent(classId)}?kept=1`)
  if (await findAccount()) redirect(returnTo)
  const isNew = query.new !== undefined
  return (
    <SiteShell account={null} width="narrow">
      <SignInForm key={String(isNew)} isNew={isNew} returnTo={returnTo} claim={await findClaim(classId)} />
    </SiteShell>
  )
}

export default SignInPage
