import type { Metadata } from 'next'
import { SignInConfirm } from '@/components/sign-in-confirm'
import { SiteShell } from '@/components/site-shell'
import { words } from '@/components/strings'

export const metadata: Metadata = { title: words.signIn.title, robots: { index: false }, referrer: 'no-referrer' }

const ConfirmPage = () => (
  <SiteShell account={null} width="narrow">
    <SignInConfirm />
  </SiteShell>
)

export default ConfirmPage
