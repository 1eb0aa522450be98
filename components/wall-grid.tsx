'use client'
import type { Tile } from '@/lib/room/room-view'
import { ReactionFloat } from './reaction-float'
import { SimulatedPicture } from './rehearsal'
import { TileActions } from './room-hands'
import { roomStrings } from './strings-room'
import { EmptySeat, PersonTile } from './tile'
import type { Size } from './use-size'
import { wallLayout } from './wall-layout'

const GAP = 8

type WallGridProps = {
  tiles: readonly Tile[]
  /** Of tiles and panel together: an open panel narrows the tiles and moves nobody. */
  floor: Size
  cameraLimit: number | null
}

/** Fills what it is given, never scrolls. The order is the seats'; a seat that was left stays empty. */
export const WallGrid = ({ tiles, floor, cameraLimit }: WallGridProps) => {
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
        <li key={tile.participantId} className="group relative min-h-0 min-w-0">
          {tile.presence === 'left' ? (
            <EmptySeat name={tile.name} />
          ) : (
            <>
              <PersonTile tile={tile} cameraLimit={cameraLimit} drawing={tile.simulated ? <SimulatedPicture tile={tile} /> : undefined} />
              <TileActions tile={tile} />
              <ReactionFloat participantId={tile.participantId} />
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
