import { describe, expect, it } from 'vitest'
import { wallLayout } from './wall-layout'

const LAPTOP = { width: 1440, height: 780, gap: 8 }
const TV = { width: 1920, height: 960, gap: 8 }
const PHONE = { width: 390, height: 640, gap: 4 }

describe('the division of the wall', () => {
  it.each([
    [1, 1, 1],
    [2, 2, 1],
    [3, 2, 2],
    [4, 2, 2],
    [6, 3, 2],
    [9, 3, 3],
    [12, 4, 3],
    [20, 5, 4],
  ])('puts %i on a laptop in %i × %i', (count, columns, rows) => {
    expect(wallLayout(count, LAPTOP)).toMatchObject({ columns, rows })
  })

  it('holds every count up to 49 without scroll and without an empty column', () => {
    for (const area of [LAPTOP, TV, PHONE]) {
      for (let count = 1; count <= 49; count += 1) {
        const { columns, rows, tileWidth, tileHeight } = wallLayout(count, area)
        expect(columns * rows).toBeGreaterThanOrEqual(count)
        expect(columns * (rows - 1)).toBeLessThan(count)
        expect(columns * tileWidth + (columns - 1) * area.gap).toBeLessThanOrEqual(area.width)
        expect(rows * tileHeight + (rows - 1) * area.gap).toBeLessThanOrEqual(area.height)
      }
    }
  })

  it('leaves room for a number of 4 % of the screen and its two lines at 49', () => {
    const { tileHeight, tileWidth } = wallLayout(49, LAPTOP)
    expect(tileHeight).toBeGreaterThanOrEqual(0.04 * 900 + 2 * 20)
    expect(tileWidth).toBeGreaterThanOrEqual(170)
  })

  it('stacks on a portrait screen', () => {
    expect(wallLayout(2, PHONE)).toMatchObject({ columns: 1, rows: 2 })
  })

  it('keeps a tile when the area is not measured yet', () => {
    expect(wallLayout(0, { width: 0, height: 0, gap: 8 })).toEqual({ columns: 1, rows: 1, tileWidth: 0, tileHeight: 0 })
  })
})
