'use client'
import { SiteShell } from '@/components/site-shell'
import { words } from '@/components/strings'
import { Button, ButtonLink } from '@/components/ui-button'

/** Says nothing of the cause: that is in the server's log. */
const ErrorPage = ({ reset }: { error: Error; reset: () => void }) => (
  <SiteShell account={null}>
    <h1 className="type-title">{words.trouble.failedTitle}</h1>
    <p className="mt-3 mb-6 text-lead text-soft">{words.trouble.failedText}</p>
    <div className="flex flex-wrap gap-2">
      <Button onClick={reset}>{words.trouble.again}</Button>
      <ButtonLink href="/" variant="secondary">
        {words.trouble.front}
      </ButtonLink>
    </div>
  </SiteShell>
)

export default ErrorPage
