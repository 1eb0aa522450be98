import type { Metadata } from 'next'
import { SiteShell } from '@/components/site-shell'
import { words } from '@/components/strings'
import { ButtonLink } from '@/components/ui-button'

export const metadata: Metadata = { title: words.trouble.notFoundTitle }

const NotFound = () => (
  <SiteShell account={null}>
    <h1 className="type-title">{words.trouble.notFoundTitle}</h1>
    <p className="mt-3 mb-6 text-lead text-soft">{words.trouble.notFoundText}</p>
    <ButtonLink href="/">{words.trouble.front}</ButtonLink>
  </SiteShell>
)

export default NotFound
