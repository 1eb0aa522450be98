'use client'
import type { Tile } from '@/lib/room/room-view'
import { classNames } from './class-names'
import { ReactionFloat } from './reaction-float'
import { SimulatedPicture } from './rehearsal'
import { TileActions } from './room-hands'
import { deviceStrings } from './strings-devices'
import { roomStrings } from './strings-room'
import { EmptySeat, PersonTile } from './tile'
import { useNewestTile } from './use-newest-tile'
import type { Size } from './use-size'
import { wallLayout } from './wall-layout'

const GAP = 8

type WallGridProps = {
  tiles: readonly Tile[]
  /** Of tiles and panel together: an open panel narrows the tiles and moves nobody. */
  floor: Size
  cameraLimit: number | null
  /** Whom everybody looks at: large beside the grid, and still in their own seat. */
  spotlightId?: string | null
}

/** The part of the floor that a spotlight takes. */
const SPOTLIGHT = 0.48

/** Fills what it is given, never scrolls. The order is the seats'; a seat that was left stays empty. */
export const WallGrid = ({ spotlightId = null, ...props }: WallGridProps) => {
  const { tiles, floor, cameraLimit } = props
  const lit = tiles.find(({ participantId, presence }) => participantId === spotlightId && presence !== 'left')
  if (!lit || tiles.length < 2) return <Seats {...props} />
  const upright = floor.height > floor.width
  const rest = upright ? { ...floor, height: floor.height * (1 - SPOTLIGHT) } : { ...floor, width: floor.width * (1 - SPOTLIGHT) }
  return (
    <div className={classNames('flex size-full min-w-0 gap-2', upright && 'flex-col')}>
      <section data-spotlight={lit.participantId} aria-label={deviceStrings.spotlight.large} className="min-h-0 min-w-0 shrink-0 basis-[48%]">
        <Seat tile={lit} cameraLimit={cameraLimit} />
      </section>
      <div className="min-h-0 min-w-0 grow">
        <Seats tiles={tiles} floor={rest} cameraLimit={cameraLimit} />
      </div>
    </div>
  )
}

const Seats = ({ tiles, floor, cameraLimit }: Omit<WallGridProps, 'spotlightId'>) => {
  const { columns, rows } = wallLayout(tiles.length, { ...floor, gap: GAP })
  return (
    <ul
      aria-label={roomStrings.wall.label}
      data-columns={columns}
      data-rows={rows}
      className="grid h-full min-w-0 grow gap-2"
      style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))` }}
    >
      {tiles.map((tile) => (
        <Place key={tile.participantId} tile={tile} cameraLimit={cameraLimit} />
      ))}
    </ul>
  )
}

type PlaceProps = { tile: Tile; cameraLimit: number | null }

const Place = ({ tile, cameraLimit }: PlaceProps) => (
  <li className="group relative min-h-0 min-w-0">
    {tile.presence === 'left' ? (
      <EmptySeat name={tile.name} />
    ) : (
      <>
        <Seat tile={tile} cameraLimit={cameraLimit} />
        {tile.simulated ? null : <TileActions participantId={tile.participantId} name={tile.name} handUp={tile.handRaisedAt !== null} />}
        <ReactionFloat participantId={tile.participantId} />
      </>
    )}
  </li>
)

/** A heart draws its own seat and nothing else; a tile that looks as it did is the same object, and is not drawn again. */
const Seat = ({ tile, cameraLimit }: PlaceProps) => {
  const newest = useNewestTile(tile)
  return <PersonTile tile={newest} cameraLimit={cameraLimit} drawing={newest.simulated ? <SimulatedPicture tile={newest} /> : undefined} />
}
