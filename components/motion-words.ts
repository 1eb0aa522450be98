import type { MovingReading } from '@/lib/room/room-view'
import type { Motion } from '@/lib/sensors/motion'
import { motionStrings as words } from './strings-motion'

const KMH = 0.036
type MotionFigure = { readonly value: string; readonly unit: string }

/** What a machine says now, the figure that counts most first. */
export const motionFigures = ({ watts, cadence, speed }: Motion): MotionFigure[] =>
  [
    watts === null ? null : { value: String(watts), unit: words.units.watts },
    cadence === null ? null : { value: String(cadence), unit: words.units.cadence },
    speed === null ? null : { value: (speed * KMH).toFixed(1), unit: words.units.speed },
  ].filter((figure) => figure !== null)

/** "205 W · 90 / min · 30.0 km/h" */
export const figureWords = (figures: readonly MotionFigure[]): string => figures.map(({ value, unit }) => `${value} ${unit}`).join(' · ')
export const motionWords = (motion: Motion): string => figureWords(motionFigures(motion))

/** What stands beside a machine's figures: why no heart is heard, and the effort that was tapped. */
export const besideMotion = ({ heart, effort }: MovingReading): string =>
  [heart === 'none' ? null : words.heart[heart], effort === null ? null : words.effort(effort)].filter((part) => part !== null).join(' · ')
