'use client'
import { memo } from 'react'
import { ReactionIcon } from './reaction-row'
import { useReactions } from './room-talk'
import { talkStrings as words } from './strings-talk'

/** On one tile. */
const AT_ONCE = 3

/** What one person sends, small, over their tile for three seconds. Decoration: a screen reader is told only of a high-five. */
export const ReactionFloat = memo(function ReactionFloat({ participantId }: { participantId: string }) {
  const shown = useReactions()
    .floating.filter((one) => one.participantId === participantId)
    .slice(-AT_ONCE)
  if (shown.length === 0) return null
  return (
    <div aria-hidden className="pointer-events-none absolute top-1/4 right-1.5 flex flex-col gap-1">
      {shown.map(({ key, reaction }) => (
        <span
          key={key}
          data-reaction={reaction}
          className="flex size-10 items-center justify-center rounded-full bg-ink text-paper shadow-lg motion-safe:animate-[rise_180ms_var(--ease-calm)]"
        >
          <ReactionIcon reaction={reaction} />
        </span>
      ))}
    </div>
  )
})

/** "Mara high-fived you", for three seconds, on the screen of whom it is for; over an open panel too. */
export const HighFives = () => {
  const five = useReactions().fives.at(-1)
  return (
    <div role="status" className="pointer-events-none absolute inset-x-0 top-3 z-40 flex justify-center px-4">
      {five ? (
        <p
          key={five.key}
          className="flex items-center gap-2 rounded-full bg-ink px-5 py-2.5 text-lead font-semibold text-paper shadow-2xl motion-safe:animate-[rise_180ms_var(--ease-calm)]"
        >
          <ReactionIcon reaction="high-five" />
          {words.highFived(five.name)}
        </p>
      ) : null}
    </div>
  )
}
