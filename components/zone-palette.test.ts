import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { STAGE, ZONE_PALETTE } from './zone-palette'

type Triple = readonly [number, number, number]

const linear = (hex: string): Triple => {
  const channel = (at: number) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}
const times = (matrix: readonly [Triple, Triple, Triple], [a, b, c]: Triple): Triple => {
  const row = ([x, y, z]: Triple) => x * a + y * b + z * c
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])]
}

// Machado, Oliveira & Fernandes 2009, severity 1.0, applied in linear RGB.
const SIGHT = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
} as const

// sRGB → XYZ (D65) → CIE L*a*b*.
const lab = (colour: Triple): Triple => {
  const clipped: Triple = [Math.min(1, Math.max(0, colour[0])), Math.min(1, Math.max(0, colour[1])), Math.min(1, Math.max(0, colour[2]))]
  const [x, y, z] = times([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]], clipped)
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 * t + 16) / 116)
  const [fx, fy, fz] = [f(x / 0.95047), f(y), f(z / 1.08883)]
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)]
}

/** CIEDE2000: Sharma, Wu & Dalal 2005. */
const deltaE2000 = ([l1, a1, b1]: Triple, [l2, a2, b2]: Triple): number => {
  const degrees = (radians: number) => (radians * 180) / Math.PI
  const sine = (angle: number) => Math.sin((angle * Math.PI) / 180)
  const cosine = (angle: number) => Math.cos((angle * Math.PI) / 180)
  const meanC = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2
  const g = 0.5 * (1 - Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7)))
  const [p1, p2] = [(1 + g) * a1, (1 + g) * a2]
  const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)]
  const hue = (a: number, b: number) => (a === 0 && b === 0 ? 0 : (degrees(Math.atan2(b, a)) + 360) % 360)
  const [h1, h2] = [hue(p1, b1), hue(p2, b2)]
  const none = c1 * c2 === 0
  const turn = none ? 0 : Math.abs(h2 - h1) <= 180 ? h2 - h1 : h2 - h1 > 180 ? h2 - h1 - 360 : h2 - h1 + 360
  const dH = 2 * Math.sqrt(c1 * c2) * sine(turn / 2)
  const [meanL, meanP] = [(l1 + l2) / 2, (c1 + c2) / 2]
  const sum = h1 + h2
  const meanH = none ? sum : Math.abs(h1 - h2) <= 180 ? sum / 2 : sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2
  const t = 1 - 0.17 * cosine(meanH - 30) + 0.24 * cosine(2 * meanH) + 0.32 * cosine(3 * meanH + 6) - 0.2 * cosine(4 * meanH - 63)
  const sl = 1 + (0.015 * (meanL - 50) ** 2) / Math.sqrt(20 + (meanL - 50) ** 2)
  const [sc, sh] = [1 + 0.045 * meanP, 1 + 0.015 * meanP * t]
  const rt = -2 * Math.sqrt(meanP ** 7 / (meanP ** 7 + 25 ** 7)) * sine(60 * Math.exp(-(((meanH - 275) / 25) ** 2)))
  const [l, c, h] = [(l2 - l1) / sl, (c2 - c1) / sc, dH / sh]
  return Math.sqrt(l * l + c * c + h * h + rt * c * h)
}

const luminance = (hex: string): number => {
  const [r, g, b] = linear(hex)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (one: string, other: string): number => {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}

const zones = [1, 2, 3, 4, 5] as const
const css = readFileSync('app/globals.css', 'utf8')

describe('CIEDE2000', () => {
  // Pairs 1, 7 and 17 of the published test data.
  it.each([
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, 0, 0], [50, -1, 2], 2.3669],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
  ] as ReadonlyArray<[Triple, Triple, number]>)('%j to %j is %d', (one, other, expected) => {
    expect(deltaE2000(one, other)).toBeCloseTo(expected, 4)
  })
})

describe('zone colours', () => {
  it.each(Object.entries(SIGHT))('stay ≥ 22 apart for %s sight', (_sight, matrix) => {
    for (const one of zones)
      for (const other of zones.filter((zone) => zone > one)) {
        const [a, b] = [times(matrix, linear(ZONE_PALETTE[one].colour)), times(matrix, linear(ZONE_PALETTE[other].colour))]
        expect(deltaE2000(lab(a), lab(b)), `zone ${one} and ${other}`).toBeGreaterThanOrEqual(22)
      }
  })

  it.each(zones)('zone %d is ≥ 3.2:1 on the stage, and its text ≥ 4.5:1 on it', (zone) => {
    expect(contrast(ZONE_PALETTE[zone].colour, STAGE)).toBeGreaterThanOrEqual(3.2)
    expect(contrast(ZONE_PALETTE[zone].colour, ZONE_PALETTE[zone].ink)).toBeGreaterThanOrEqual(4.5)
  })

  it('are the same figures in the style sheet', () => {
    for (const zone of zones) {
      expect(css).toContain(`--color-zone-${zone}: ${ZONE_PALETTE[zone].colour};`)
      expect(css).toContain(`--color-on-zone-${zone}: ${ZONE_PALETTE[zone].ink};`)
    }
    expect(css).toContain(`--color-stage: ${STAGE};`)
  })
})

describe('the interface', () => {
  const schemes = [...css.matchAll(/(:root|\.stage) \{([^}]*--paper[^}]*)\}/g)].map(([, , body]) => {
    const tokens = Object.fromEntries([...(body ?? '').matchAll(/--([a-z-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]))
    return (name: string): string => tokens[name] ?? expect.unreachable(`no token ${name}`)
  })

  it('has light, dark and stage', () => expect(schemes).toHaveLength(3))

  it.each(schemes.map((token, at) => [['light', 'dark', 'stage'][at], token] as const))('text is ≥ 4.5:1 and edges ≥ 3:1 in %s', (_name, token) => {
    for (const ground of ['paper', 'surface', 'sunk'])
      for (const text of ['ink', 'soft', 'accent', 'danger']) expect(contrast(token(text), token(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    for (const [text, ground] of [['on-accent', 'accent'], ['on-accent', 'accent-strong'], ['on-danger', 'danger'], ['warn-ink', 'warn-wash'], ['ink', 'accent-wash'], ['soft', 'accent-wash'], ['ink', 'danger-wash'], ['danger', 'danger-wash']] as const)
      expect(contrast(token(text), token(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    expect(contrast(token('line-strong'), token('surface')), 'edge of a control').toBeGreaterThanOrEqual(3)
  })
})
