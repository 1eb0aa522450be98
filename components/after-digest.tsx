import { MessageCircle } from 'lucide-react'
import { whatsAppUrl } from '@/lib/classes/invite'
import type { Named } from '@/lib/summaries/digest'
import { CopyButton } from './copy-button'
import { afterStrings } from './strings-after'
import { timeWords } from './summary-words'
import { buttonLook } from './ui-button'

const words = afterStrings.digest

function reasonWords(named: Named): string {
  switch (named.reason) {
    case 'missed':
      return words.missed(named.streak)
    case 'first_time':
      return words.first_time
    case 'left_early':
      return words.left_early(timeWords(named.seconds))
    case 'changed':
      return words.changed(timeWords(named.countingSeconds), timeWords(named.usualSeconds))
    case 'strap_lost':
      return words.strap_lost(timeWords(named.seconds))
  }
}

/** Up to three names, why, and a message that the trainer sends by hand. */
export const AfterDigest = ({ digest, title, url }: { digest: readonly Named[]; title: string; url: string }) => (
  <section aria-labelledby="digest">
    <h2 id="digest" className="type-heading">
      {words.title}
    </h2>
    <p className="mb-4 text-base text-soft">{words.text}</p>
    <ul className="grid gap-4 lg:grid-cols-3">
      {digest.map((named) => {
        const message = words.message[named.reason](named.name, title, url)
        return (
          <li key={named.personId} data-digest={named.reason} className="flex flex-col gap-3 rounded-panel border border-line bg-surface p-5">
            <div>
              <h3 className="text-lg font-semibold">{named.name}</h3>
              <p className="text-base text-soft">{reasonWords(named)}</p>
            </div>
            <p className="grow rounded-control bg-sunk px-4 py-3 text-base break-words">{message}</p>
            <div className="flex flex-wrap items-center gap-2">
              <CopyButton text={message} label={words.copy} name={words.copyFor(named.name)} said={{ copied: words.copied, failed: words.copyFailed }} />
              <a
                className={buttonLook({ variant: 'quiet' })}
                href={whatsAppUrl(message)}
                target="_blank"
                rel="noreferrer"
                aria-label={words.whatsappFor(named.name)}
              >
                <MessageCircle aria-hidden />
                {words.whatsapp}
              </a>
            </div>
          </li>
        )
      })}
    </ul>
  </section>
)
