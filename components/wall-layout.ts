/** How the trainer's wall divides its screen. Pixels of the area the tiles may use. */
export type WallArea = { readonly width: number; readonly height: number; readonly gap: number }
export type WallLayout = { readonly columns: number; readonly rows: number; readonly tileWidth: number; readonly tileHeight: number }

/** A body in training is between upright and lying, and a number stands beside its zone: a tile of 8:5 shows all of it. */
const BEST_ASPECT = 8 / 5
/** Beyond these a tile is letter-boxed by its own video, so that a stretched cell gains nothing. */
const WIDEST = 2.1
const NARROWEST = 0.7

/**
 * The division in which a tile shows the largest picture, with no scroll at any count. Depends on count and area only, so that
 * a number that changes never moves anything; seats fill rows from the top left.
 */
export function wallLayout(count: number, area: WallArea): WallLayout {
  const tiles = Math.max(1, Math.floor(count))
  let best: WallLayout | null = null
  let bestWorth = -1
  for (let columns = 1; columns <= tiles; columns += 1) {
    const rows = Math.ceil(tiles / columns)
    // More columns than the rows need would leave a whole column empty.
    if (Math.ceil(tiles / rows) !== columns) continue
    const tileWidth = Math.max(0, (area.width - area.gap * (columns - 1)) / columns)
    const tileHeight = Math.max(0, (area.height - area.gap * (rows - 1)) / rows)
    const worth = usefulArea(tileWidth, tileHeight)
    if (worth > bestWorth) {
      bestWorth = worth
      best = { columns, rows, tileWidth: Math.floor(tileWidth), tileHeight: Math.floor(tileHeight) }
    }
  }
  return best ?? { columns: 1, rows: 1, tileWidth: Math.floor(area.width), tileHeight: Math.floor(area.height) }
}

/** px² of the tile that a picture of the best shape covers, the rest counted a little: width still carries words. */
function usefulArea(width: number, height: number): number {
  const inner = Math.min(width, height * BEST_ASPECT)
  const covered = inner * (inner / BEST_ASPECT)
  const usable = Math.min(width, height * WIDEST) * Math.min(height, width / NARROWEST)
  return covered + usable * 0.1
}
