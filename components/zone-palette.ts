import type { Zone } from '@/lib/room/beat'

export type TrainingZone = Exclude<Zone, 0>

/**
 * The five zone colours, `ink` being the text that may stand on each. Every pair is ≥ 22 ΔE2000 apart for normal, protan, deutan and
 * tritan sight, and each is ≥ 3.2:1 on the stage: the test beside this file keeps it so. `app/globals.css` repeats the figures.
 */
export const ZONE_PALETTE: Readonly<Record<TrainingZone, { colour: string; ink: string }>> = {
  1: { colour: '#b7aded', ink: '#0b0f14' },
  2: { colour: '#0a65ba', ink: '#ffffff' },
  3: { colour: '#10c29a', ink: '#0b0f14' },
  4: { colour: '#eff11e', ink: '#0b0f14' },
  5: { colour: '#dd2d27', ink: '#ffffff' },
}
export const STAGE = '#0b0f14'

/** Class names written out, so that Tailwind finds them. Zone 0 is below zone 1: neutral; `null` is not known yet. */
export const ZONE_FILL: Readonly<Record<Zone, string>> = {
  0: 'bg-soft text-paper',
  1: 'bg-zone-1 text-on-zone-1',
  2: 'bg-zone-2 text-on-zone-2',
  3: 'bg-zone-3 text-on-zone-3',
  4: 'bg-zone-4 text-on-zone-4',
  5: 'bg-zone-5 text-on-zone-5',
}
export const ZONE_STROKE: Readonly<Record<Zone, string>> = {
  0: 'stroke-soft',
  1: 'stroke-zone-1',
  2: 'stroke-zone-2',
  3: 'stroke-zone-3',
  4: 'stroke-zone-4',
  5: 'stroke-zone-5',
}
