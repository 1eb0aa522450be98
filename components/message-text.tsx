import { findLinks } from '@/lib/classes/message-links'

/** What somebody wrote, as text. Web addresses can be opened; nothing else in it does anything. */
export const MessageText = ({ text }: { text: string }) => (
  <p className="text-base break-words whitespace-pre-wrap [overflow-wrap:anywhere]">
    {findLinks(text).map((part, at) =>
      part.href === null ? (
        part.text
      ) : (
        <a key={at} href={part.href} target="_blank" rel="noopener noreferrer nofollow ugc" className="underline underline-offset-2">
          {part.text}
        </a>
      ),
    )}
  </p>
)
