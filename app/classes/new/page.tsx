import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { findAccount } from '@/lib/accounts/who-is-calling.server'
import { findTemplate, listTemplates } from '@/lib/classes/template.server'
import { NewClassForm } from '@/components/new-class-form'
import { DeleteTemplate } from '@/components/series-keep'
import { SiteShell } from '@/components/site-shell'
import { words } from '@/components/strings'
import { scheduleStrings as say } from '@/components/strings-schedule'

export const metadata: Metadata = { title: words.newClass.title }

const NewClassPage = async ({ searchParams }: { searchParams: Promise<{ template?: string }> }) => {
  const account = await findAccount()
  if (!account) redirect('/sign-in?new=1&to=/classes/new')
  const { template: wanted } = await searchParams
  const templates = await listTemplates(account.personId)
  const template = wanted === undefined ? undefined : await findTemplate(account.personId, wanted)
  return (
    <SiteShell account={{ name: account.name }}>
      <h1 className="type-title">{words.newClass.title}</h1>
      <p className="mt-2 mb-8 text-lead text-soft">{template ? say.templateUsed(template.name) : words.newClass.lead}</p>
      <NewClassForm key={template?.templateId} timezones={Intl.supportedValuesOf('timeZone')} {...(template ? { start: template.settings, templateId: template.templateId } : {})} />
      {templates.length > 0 ? (
        <section className="mt-12 border-t border-line pt-6">
          <h2 className="type-heading">{say.fromTemplate}</h2>
          <ul className="mt-2 divide-y divide-line">
            {templates.map(({ templateId, name }) => (
              <li key={templateId} className="flex items-center justify-between gap-4">
                <Link href={`/classes/new?template=${templateId}`} className="link inline-flex min-h-12 min-w-0 items-center text-base font-medium break-words">
                  {name}
                </Link>
                <DeleteTemplate templateId={templateId} name={name} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </SiteShell>
  )
}

export default NewClassPage
