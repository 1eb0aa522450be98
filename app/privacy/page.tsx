import type { Metadata } from 'next'
import { findAccount } from '@/lib/accounts/who-is-calling.server'
import { SiteShell } from '@/components/site-shell'
import { words } from '@/components/strings'

export const metadata: Metadata = { title: words.privacy.title }

const PrivacyPage = async () => (
  <SiteShell account={(await findAccount()) ?? null}>
    <h1 className="type-title">{words.privacy.title}</h1>
    <p className="mt-3 text-lead text-soft">{words.privacy.lead}</p>
    <div className="mt-10 space-y-8">
      {words.privacy.sections.map((section) => (
        <section key={section.title}>
          <h2 className="type-heading">{section.title}</h2>
          {section.text.map((text) => (
            <p key={text} className="mt-2">
              {text}
            </p>
          ))}
        </section>
      ))}
    </div>
  </SiteShell>
)

export default PrivacyPage
