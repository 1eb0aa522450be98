import type { SensorState } from '@/lib/sensors/sensor'
import type { Beat } from './beat'

export type Silence = Extract<Beat, { kind: 'silence' }>['why']
/** Those that a sensor is the cause of. */
export type SensorSilence = Extract<Beat, { kind: 'motion' }>['heart']

/**
 * Why there is no number, while a sensor is in this state; null while it delivers. A chooser that was closed and a replay that came to
 * its end are the person's own doing: then there is nothing to explain.
 */
export function silenceOf(sensor: SensorState): SensorSilence | null {
  switch (sensor.state) {
    case 'idle':
      return 'none'
    case 'choosing':
    case 'connecting':
      return 'pairing'
    case 'live':
      return null
    case 'reconnecting':
      return sensor.trouble === 'no_data' ? 'lost' : 'reconnecting'
    case 'failed':
      return sensor.trouble === 'out_of_range' || sensor.trouble === 'no_data' ? 'lost' : 'none'
  }
}

/** The narrower of a person's choice and how far the class lets it be shared. */
export const narrowed = <T extends 'me' | 'trainer' | 'everyone'>(choice: T, classReach: 'trainer' | 'everyone'): T | 'trainer' =>
  choice === 'everyone' && classReach === 'trainer' ? 'trainer' : choice
