'use client'
import { memo, useState } from 'react'
import { Hand, SmilePlus } from 'lucide-react'
import type { Tile } from '@/lib/room/room-view'
import { classNames } from './class-names'
import { HighFiveIcon, ReactionRow } from './reaction-row'
import { useReactions, useTalking } from './room-talk'
import { talkStrings as words } from './strings-talk'
import { Button, IconButton } from './ui-button'

/** Whose hands are up, in the order in which they went up. */
export const handsUp = (tiles: readonly Tile[]): Tile[] =>
  tiles.filter((tile) => tile.handRaisedAt !== null && tile.presence !== 'left').sort((a, b) => (a.handRaisedAt ?? 0) - (b.handRaisedAt ?? 0))

/** Over the list of people: first who waits for a word. */
export const HandsList = ({ tiles }: { tiles: readonly Tile[] }) => {
  const talking = useTalking()
  const up = handsUp(tiles)
  if (up.length === 0) return null
  return (
    <section aria-label={words.handsTitle} className="rounded-control bg-sunk px-3 py-1">
      <ol className="divide-y divide-line">
        {up.map((tile) => (
          <li key={tile.participantId} className="flex min-h-12 items-center gap-3 py-1">
            <Hand aria-hidden className="size-5 shrink-0" />
            <span className="min-w-0 grow truncate font-semibold">{tile.me ? words.you : tile.name}</span>
            {talking && (tile.me || talking.host) ? (
              <Button
                variant="quiet"
                aria-label={tile.me ? words.lower : words.lowerOf(tile.name)}
                onClick={() => (tile.me ? talking.raiseHand(false) : talking.lowerHand(tile.participantId))}
              >
                {words.lower}
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  )
}

type Somebody = { participantId: string; name: string }

/** A high-five for somebody else who is here, from the list or their tile. */
export const HighFiveButton = ({ participantId, name, className }: Somebody & { className?: string }) => {
  const talking = useTalking()
  const { ready } = useReactions()
  if (!talking) return null
  return (
    <IconButton
      label={words.highFive(name)}
      icon={<HighFiveIcon />}
      aria-disabled={!ready}
      onClick={() => talking.reactions.react('high-five', participantId)}
      className={className}
    />
  )
}

/** Under the trainer's eyes and a member's thumb: the hand, and the reactions behind one tap. They stay open until they are closed. */
export const TalkTray = ({ tiles }: { tiles: readonly Tile[] }) => {
  const talking = useTalking()
  const [open, setOpen] = useState(false)
  if (!talking) return null
  const raised = tiles.find((tile) => tile.me)?.handRaisedAt != null
  const look = 'flex size-11 shrink-0 cursor-pointer items-center justify-center rounded-control transition-colors duration-150 [&_svg]:size-6'
  return (
    <div className="absolute right-2 bottom-2 z-10 flex max-w-[calc(100%-1rem)] flex-wrap items-center justify-end gap-1 rounded-control bg-stage/80 p-1">
      {open ? <ReactionRow /> : null}
      {/* Together, so that on a narrow phone both stand under the row. */}
      <div className="flex gap-1">
        <button
          type="button"
          aria-label={words.react}
          title={words.react}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className={classNames(look, open ? 'bg-accent text-on-accent' : 'hover:bg-accent-wash')}
        >
          <SmilePlus aria-hidden />
        </button>
        <button
          type="button"
          aria-label={raised ? words.lower : words.raise}
          title={raised ? words.lower : words.raise}
          aria-pressed={raised}
          onClick={() => talking.raiseHand(!raised)}
          className={classNames(look, raised ? 'bg-accent text-on-accent' : 'hover:bg-accent-wash')}
        >
          <Hand aria-hidden />
        </button>
      </div>
    </div>
  )
}

/** What a trainer does to one tile: in sight under the pointer, under the focus, and where there is no pointer. No heart draws it. */
export const TileActions = memo(function TileActions({ participantId, name, handUp }: Somebody & { handUp: boolean }) {
  const talking = useTalking()
  if (!talking) return null
  const look = 'bg-stage/80!'
  return (
    <div
      className={classNames(
        'absolute top-1/4 left-1.5 flex flex-col gap-1 opacity-0 transition-opacity duration-150',
        'group-hover:opacity-100 focus-within:opacity-100 [@media(hover:none)]:opacity-80',
      )}
    >
      <HighFiveButton participantId={participantId} name={name} className={look} />
      {handUp ? (
        <IconButton label={words.lowerOf(name)} icon={<Hand aria-hidden />} onClick={() => talking.lowerHand(participantId)} className={look} />
      ) : null}
    </div>
  )
})
