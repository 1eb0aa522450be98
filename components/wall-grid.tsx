'use client'
import { memo } from 'react'
import type { Tile } from '@/lib/room/room-view'
import { classNames } from './class-names'
import { ReactionFloat } from './reaction-float'
import { SimulatedPicture } from './rehearsal'
import { useRoomIfHere } from './room-here'
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
        <Seat participantId={lit.participantId} given={lit} cameraLimit={cameraLimit} />
      </section>
      <div className="min-h-0 min-w-0 grow">
        <Seats tiles={tiles} floor={rest} cameraLimit={cameraLimit} />
      </div>
    </div>
  )
}

const Seats = ({ tiles, floor, cameraLimit }: Omit<WallGridProps, 'spotlightId'>) => {
  const hearsItself = useRoomIfHere() !== null
  const { columns, rows } = wallLayout(tiles.length, { ...floor, gap: GAP })
  return (
    <ul
      aria-label={roomStrings.wall.label}
      data-columns={columns}
      data-rows={rows}
      // A layer of its own: a heart paints nothing but the wall.
      className="grid h-full min-w-0 grow gap-2 will-change-transform"
      style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))` }}
    >
      {tiles.map((tile) => (
        <Place
          key={tile.participantId}
          participantId={tile.participantId}
          name={tile.name}
          left={tile.presence === 'left'}
          handUp={tile.handRaisedAt !== null}
          simulated={tile.simulated ?? false}
          given={hearsItself ? null : tile}
          cameraLimit={cameraLimit}
        />
      ))}
    </ul>
  )
}

type SeatProps = {
  participantId: string
  /** Outside a room; in a room each seat hears its own heart, and the room's drawing is none of its business. */
  given: Tile | null
  cameraLimit: number | null
}
type PlaceProps = SeatProps & { name: string; left: boolean; handUp: boolean; simulated: boolean }

const Place = memo(function Place({ name, left, handUp, simulated, ...seat }: PlaceProps) {
  return (
    <li className="group relative min-h-0 min-w-0">
      {left ? (
        <EmptySeat name={name} />
      ) : (
        <>
          <Seat {...seat} />
          {simulated ? null : <TileActions participantId={seat.participantId} name={name} handUp={handUp} />}
          <ReactionFloat participantId={seat.participantId} />
        </>
      )}
    </li>
  )
})

const Seat = ({ participantId, given, cameraLimit }: SeatProps) => {
  const tile = useNewestTile(participantId) ?? given
  if (!tile) return null
  return <PersonTile tile={tile} cameraLimit={cameraLimit} drawing={tile.simulated ? <SimulatedPicture tile={tile} /> : undefined} />
}
