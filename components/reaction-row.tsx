'use client'
import { Flame, Hand, Heart, Laugh, PartyPopper, ThumbsUp, type LucideIcon } from 'lucide-react'
import { REACTIONS, type Reaction } from '@/lib/room/reaction'
import { classNames } from './class-names'
import { useReactions, useTalking } from './room-talk'
import { talkStrings as words } from './strings-talk'

const ICONS: Record<Exclude<Reaction, 'high-five' | 'cheer'>, LucideIcon> = { heart: Heart, fire: Flame, 'thumbs-up': ThumbsUp, laugh: Laugh }

/** Two palms that meet. */
export const HighFiveIcon = () => (
  <span aria-hidden className="relative inline-block size-6 shrink-0 [&_svg]:absolute [&_svg]:top-1/2 [&_svg]:size-[70%] [&_svg]:-translate-y-1/2">
    <Hand className="-left-[8%] -rotate-12" />
    <Hand className="-right-[8%] -scale-x-100 rotate-12" />
  </span>
)

export const ReactionIcon = ({ reaction }: { reaction: Reaction }) => {
  if (reaction === 'high-five') return <HighFiveIcon />
  if (reaction === 'cheer') return <PartyPopper aria-hidden className="size-6" />
  const Icon = ICONS[reaction]
  return <Icon aria-hidden className="size-6" />
}

/** Six things to say with one tap. Past the pace they rest for a moment and keep the focus. */
export const ReactionRow = ({ className }: { className?: string }) => {
  const talking = useTalking()
  const { ready } = useReactions()
  return (
    <div role="group" aria-label={words.reactions} className={classNames('flex justify-between gap-1', className)}>
      {REACTIONS.map((reaction) => (
        <button
          key={reaction}
          type="button"
          aria-label={words.reaction[reaction]}
          title={words.reaction[reaction]}
          aria-disabled={!ready}
          onClick={() => talking?.reactions.react(reaction)}
          className={classNames(
            'flex size-11 cursor-pointer items-center justify-center rounded-control bg-surface text-ink transition-transform duration-150',
            'select-none hover:bg-accent-wash aria-disabled:cursor-default aria-disabled:opacity-45 motion-safe:active:scale-90',
          )}
        >
          <ReactionIcon reaction={reaction} />
        </button>
      ))}
    </div>
  )
}
