import { MessagesSquare } from 'lucide-react'
import { talkStrings } from './strings-talk'
import { ButtonLink } from './ui-button'

const words = talkStrings.page

/** The way from a class to what is said between the classes; for who belongs to the series. */
export const TalkLink = ({ slug }: { slug: string }) => (
  <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
    <ButtonLink variant="secondary" href={`/c/${slug}/talk`}>
      <MessagesSquare aria-hidden />
      {words.link}
    </ButtonLink>
    <span className="text-small text-soft">{words.linkText}</span>
  </p>
)
