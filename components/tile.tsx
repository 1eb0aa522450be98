'use client'
import { memo, type ReactNode } from 'react'
import { Hand, Mic, VideoOff } from 'lucide-react'
import type { Tile } from '@/lib/room/room-view'
import { classNames } from './class-names'
import { roomStrings } from './strings-room'
import { TileInitials, TileVideo } from './tile-picture'
import { TileReadingStrip } from './tile-reading'
import { pictureWords, type TileLine, tileName, tileLine, tileSentence } from './tile-words'

type TileProps = {
  tile: Tile
  /** `null` where the pictures are in the trainer's own call: then nothing is said of cameras and the number takes their room. */
  cameraLimit: number | null
  /** `wall`: the number is ≥ 4 % of the screen's height, and no foot is cropped. `small`: beside a large trainer. */
  scale?: 'wall' | 'small'
  /** The own camera, for the own tile. */
  ownCamera?: MediaStreamTrack | null
  /** Stands where a picture would: the front page's example has no cameras. */
  drawing?: ReactNode
  children?: ReactNode
}

const NUMBER = {
  wall: '[--number:max(4.6vh,2rem,min(22cqh,15cqw,15vh))]',
  alone: '[--number:max(4.6vh,2rem,min(34cqh,21cqw,24vh))]',
  small: '[--number:clamp(1.75rem,min(24cqh,17cqw),4rem)]',
  smallAlone: '[--number:clamp(1.75rem,min(42cqh,23cqw),4.5rem)]',
}

/** One person. Everything inside follows the tile's own size, so that no number, word or state changes the size of anything. */
export const PersonTile = memo(function PersonTile({ tile, cameraLimit, scale = 'wall', ownCamera = null, drawing, children }: TileProps) {
  const line = tileLine(tile)
  const why = tile.me ? null : pictureWords(tile, cameraLimit)
  const picture = tile.me ? ownCamera : why === null ? (tile.media?.video ?? null) : null
  const silent = tile.reading.state === 'none' && (tile.reading.why === 'lost' || tile.reading.why === 'reconnecting')
  const away = tile.presence !== 'here'
  // Where no picture can come, the number takes its room.
  const numberOf = scale === 'wall' ? (cameraLimit === null ? 'alone' : 'wall') : cameraLimit === null && !picture ? 'smallAlone' : 'small'
  const quiet = tile.reading.state === 'none' && tile.reading.why === 'never'
  return (
    <article
      aria-label={tileSentence(tile)}
      data-participant={tile.participantId}
      data-presence={tile.presence}
      data-need={line?.tone === 'need' || undefined}
      className={classNames(
        // Contained: what changes inside is laid out and painted there, and nowhere else.
        'relative size-full overflow-hidden rounded-[0.625rem] [container-type:size] contain-strict',
        silent || away ? 'bg-paper' : 'bg-surface',
      )}
    >
      <div className={classNames('absolute inset-0', NUMBER[numberOf])}>
        <div
          className={classNames('absolute inset-x-0 top-0', quiet ? 'bottom-0' : 'bottom-[calc(var(--number)*1.46)]', away && 'opacity-40')}
        >
          {picture ? (
            <TileVideo track={picture} mirrored={tile.me} whole={scale === 'wall'} label={tile.name} />
          ) : (
            (drawing ?? <TileInitials name={tile.name} words={why} />)
          )}
        </div>
        <TileHead
          name={tileName(tile)}
          talking={tile.media?.talking ?? false}
          handUp={tile.handRaisedAt !== null}
          cameraOff={why !== null && tile.cameraReach === 'nobody'}
          line={line?.text ?? null}
          tone={line?.tone ?? 'plain'}
        />
        <div className={classNames('absolute inset-x-0 bottom-0 p-[calc(var(--number)*0.08)]', quiet ? null : 'bg-stage/80')}>
          <TileReadingStrip reading={tile.reading} />
        </div>
        {children}
        <Outline need={line?.tone === 'need'} silent={silent || away} talking={tile.media?.talking ?? false} />
      </div>
    </article>
  )
})

type TileHeadProps = { name: string; talking: boolean; handUp: boolean; cameraOff: boolean; line: string | null; tone: TileLine['tone'] }

/** Over the picture: who this is, and the one line to say of them. No heart draws it. */
const TileHead = memo(function TileHead({ name, talking, handUp, cameraOff, line, tone }: TileHeadProps) {
  return (
    <div aria-hidden className="absolute inset-x-1.5 top-1.5 flex items-start justify-between gap-1.5">
      <span
        className={classNames(
          'flex min-w-0 items-center gap-1.5 rounded-md bg-stage/80 px-2 py-0.5',
          'text-[clamp(0.875rem,8.5cqh,max(1.5rem,3.2vh))] leading-snug font-semibold',
        )}
      >
        {talking ? <Mic data-talking className="size-[1em] shrink-0" /> : null}
        {handUp ? <Hand data-hand className="size-[1em] shrink-0" /> : null}
        {cameraOff ? <VideoOff className="size-[1em] shrink-0 text-soft" /> : null}
        <span className="truncate">{name}</span>
      </span>
      {line === null ? null : (
        <span
          data-line={tone}
          className={classNames(
            'max-w-[62%] shrink-0 truncate rounded-md px-2 py-0.5 text-[clamp(0.875rem,7cqh,1.25rem)] leading-snug font-semibold',
            tone === 'need' ? 'bg-ink text-paper' : 'bg-stage/80 text-ink',
          )}
        >
          {line}
        </span>
      )}
    </div>
  )
})

/** Drawn over the tile, inside its edge: nothing moves, nothing flashes. */
const Outline = memo(function Outline({ need, silent, talking }: { need: boolean; silent: boolean; talking: boolean }) {
  return (
    <span
      aria-hidden
      className={classNames(
        'pointer-events-none absolute inset-0 rounded-[0.625rem]',
        need ? 'border-4 border-ink' : talking ? 'border-2 border-ink' : silent ? 'border border-line-strong' : 'border border-line',
      )}
    />
  )
})

/** A place that somebody had: kept, so that everybody else keeps theirs. */
export const EmptySeat = ({ name }: { name: string }) => (
  <div className="flex size-full items-center justify-center rounded-[0.625rem] border border-dashed border-line text-small text-soft">
    {name} · {roomStrings.tile.left}
  </div>
)
