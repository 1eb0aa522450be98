import { Focus, Mic, MicOff, UserMinus } from 'lucide-react'
import type { Presence, Tile } from '@/lib/room/room-view'
import { classNames } from './class-names'
import { HandsList, HighFiveButton } from './room-hands'
import { deviceStrings } from './strings-devices'
import { roomStrings } from './strings-room'
import { tileLine, readingWords } from './tile-words'
import { Button, IconButton } from './ui-button'

const words = roomStrings.people
const DOT: Record<Presence, string> = { here: 'bg-accent', reconnecting: 'border-2 border-accent', left: 'border-2 border-line-strong' }

type PeopleProps = {
  tiles: readonly Tile[]
  /** Absent for members: they see who is here and do nothing to anybody. */
  host?: {
    /** Absent where the voices are in the trainer's own call. */
    sound?: { mute: (tile: Tile) => void; muteAll: () => void }
    remove: (tile: Tile) => void
    spotlightId: string | null
    spotlight: (participantId: string | null) => void
  }
}

/** Who is in the class, in seat order. Presence in words; "reconnecting" is not "left". */
export const PeopleList = ({ tiles, host }: PeopleProps) => (
  <div className="space-y-4">
    <HandsList tiles={tiles} />
    <ul className="divide-y divide-line">
      {tiles.map((tile) => (
        <li key={tile.participantId} className="flex min-h-14 items-center gap-3 py-1.5">
          <span aria-hidden className={classNames('size-2.5 shrink-0 rounded-full', DOT[tile.presence])} />
          <div className="min-w-0 grow">
            <p className="truncate text-base font-semibold">
              {tile.name}
              {tile.me ? <span className="font-normal text-soft"> ({words.you})</span> : null}
              {tile.role === 'host' && !tile.me ? <span className="font-normal text-soft"> ({words.trainer})</span> : null}
            </p>
            <p className="text-small text-soft">{about(tile, Boolean(host))}</p>
          </div>
          {tile.media?.talking ? <Mic aria-hidden className="size-5 shrink-0" /> : null}
          {tile.me || tile.simulated || tile.presence === 'left' ? null : <HighFiveButton participantId={tile.participantId} name={tile.name} />}
          {host && !tile.me && tile.presence !== 'left' ? (
            <>
              {host.sound ? (
                <IconButton label={words.mute(tile.name)} icon={<MicOff aria-hidden />} onClick={() => host.sound?.mute(tile)} />
              ) : null}
              {tile.simulated ? null : <Spotlight tile={tile} lit={host.spotlightId === tile.participantId} onChange={host.spotlight} />}
              <IconButton label={words.remove(tile.name)} icon={<UserMinus aria-hidden />} onClick={() => host.remove(tile)} />
            </>
          ) : null}
        </li>
      ))}
    </ul>
    {host?.sound ? (
      <div className="space-y-2">
        <Button variant="secondary" wide onClick={host.sound.muteAll}>
          <MicOff aria-hidden />
          {roomStrings.controls.muteAll}
        </Button>
        <p className="text-small text-soft">{words.muteNote}</p>
      </div>
    ) : null}
  </div>
)

type SpotlightProps = { tile: Tile; lit: boolean; onChange: (participantId: string | null) => void }

const Spotlight = ({ tile, lit, onChange }: SpotlightProps) => (
  <IconButton
    label={lit ? deviceStrings.spotlight.off : deviceStrings.spotlight.on(tile.name)}
    aria-pressed={lit}
    variant={lit ? 'primary' : 'quiet'}
    icon={<Focus aria-hidden />}
    onClick={() => onChange(lit ? null : tile.participantId)}
  />
)

function about(tile: Tile, trainer: boolean): string {
  const parts: string[] = [words[tile.presence]]
  if (tile.media?.talking) parts.push(words.talking)
  if (trainer && tile.presence === 'here' && !tile.me) {
    const said = readingWords(tile.reading) ?? (tileLine(tile)?.text || null)
    if (said) parts.push(said)
  }
  return parts.join(' · ')
}
