import type { Metadata } from 'next'
import Link from 'next/link'
import { findAccount } from '@/lib/accounts/who-is-calling.server'
import { linkPreview } from '@/app/link-preview'
import { ExampleWall } from '@/components/example-wall'
import { SiteShell } from '@/components/site-shell'
import { words } from '@/components/strings'
import { ButtonLink } from '@/components/ui-button'

const say = words.front
const column = 'mx-auto w-full max-w-6xl px-5'

export const generateMetadata = (): Metadata => {
  const title = `${words.product}: ${say.title.replace(/\.$/, '')}`
  return { title: { absolute: title }, description: words.description, openGraph: linkPreview({ title, description: words.description, path: '/' }) }
}

const FrontPage = async () => {
  const account = await findAccount()
  const host = account ? { href: '/home', label: say.toClasses } : { href: '/sign-in?new=1&to=/classes/new', label: say.host }
  return (
    <SiteShell account={account ? { name: account.name } : null} width="full">
      <section className={`${column} pt-8 pb-10 sm:pt-16 sm:pb-14`}>
        <h1 className="type-display max-w-[14ch]">{say.title}</h1>
        <p className="mt-5 max-w-[36ch] text-lead text-soft sm:mt-7">{say.lead}</p>
        <div className="mt-7 flex flex-wrap items-center gap-x-5 gap-y-3">
          <ButtonLink href={host.href} size="large">
            {host.label}
          </ButtonLink>
          <p className="text-base text-soft">{say.hostNote}</p>
        </div>
      </section>

      <section className="mx-auto w-full max-w-7xl px-3 sm:px-5">
        <ExampleWall />
      </section>

      <section className={`${column} pt-20 sm:pt-28`}>
        <h2 className="type-title">{say.evening.title}</h2>
        <ol className="mt-8 divide-y divide-line border-y border-line">
          {say.evening.moments.map((moment) => (
            <li key={moment.at} className="grid gap-x-8 gap-y-1 py-6 sm:grid-cols-[7rem_1fr] lg:grid-cols-[9rem_22rem_1fr] lg:items-baseline">
              <span className="figures type-heading text-accent sm:row-span-2 lg:row-span-1">{moment.at}</span>
              <h3 className="type-heading">{moment.title}</h3>
              <p className="max-w-[60ch] text-soft">{moment.text}</p>
            </li>
          ))}
        </ol>
      </section>

      <section className={`${column} grid gap-x-12 gap-y-8 pt-20 sm:pt-28 lg:grid-cols-[20rem_1fr]`}>
        <h2 className="type-title lg:sticky lg:top-8 lg:self-start">{say.questions.title}</h2>
        <div>
          <dl className="space-y-10">
            {say.questions.items.map(({ q, a }) => (
              <div key={q}>
                <dt className="type-heading">{q}</dt>
                {a.map((text) => (
                  <dd key={text} className="mt-2 max-w-[62ch]">
                    {text}
                  </dd>
                ))}
              </div>
            ))}
          </dl>
          <p className="mt-10">
            <Link href="/privacy" className="link font-medium">
              {say.questions.privacy}
            </Link>
          </p>
        </div>
      </section>

      <section className="mt-24 bg-accent-wash sm:mt-32">
        <div className={`${column} flex flex-wrap items-center justify-between gap-x-10 gap-y-6 py-14 sm:py-20`}>
          <div>
            <h2 className="type-title max-w-[18ch]">{say.closing.title}</h2>
            <p className="mt-2 text-soft">{say.closing.text}</p>
          </div>
          <ButtonLink href={host.href} size="large">
            {host.label}
          </ButtonLink>
        </div>
      </section>
    </SiteShell>
  )
}

export default FrontPage
