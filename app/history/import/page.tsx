import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { findAccount } from '@/lib/accounts/who-is-calling.server'
import { AppleImportPanel } from '@/components/apple-import'
import { SiteShell } from '@/components/site-shell'
import { appleStrings as say } from '@/components/strings-apple'
import { Panel } from '@/components/ui-panel'

export const metadata: Metadata = { title: say.title }

const ImportPage = async () => {
  const account = await findAccount()
  if (!account) redirect('/sign-in?to=/history/import')
  return (
    <SiteShell account={{ name: account.name }}>
      <h1 className="type-title">{say.title}</h1>
      <p className="mt-2 mb-8 max-w-prose text-soft">{say.lead}</p>
      <div className="grid gap-6 lg:grid-cols-[3fr_2fr] lg:items-start">
        <Panel>
          <AppleImportPanel />
        </Panel>
        <Panel>
          <h2 className="type-heading">{say.how}</h2>
          <ol className="mt-3 list-decimal space-y-2 pl-5">
            {say.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </Panel>
      </div>
    </SiteShell>
  )
}

export default ImportPage
