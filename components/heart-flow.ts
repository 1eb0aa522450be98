import type { HeartView } from '@/lib/room/room-view'
import type { SensorTrouble } from '@/lib/sensors/sensor'

/** What this screen remembers of the flow itself; everything else is in the HeartView. */
export type HeartFlow = {
  /** The way chosen on this screen. */
  readonly by: 'strap' | 'replay' | 'effort' | null
  /** The wearer asked to change who may see it. */
  readonly changing: boolean
  /** The question about the maximum was answered or skipped. */
  readonly asked: boolean
  /** The wearer wants to correct the maximum. */
  readonly correcting: boolean
  /** The guess from age was read. */
  readonly guessRead: boolean
  /** Consent was given on this screen, now; otherwise it is remembered from another class. */
  readonly consented: boolean
}
export const FLOW_START: HeartFlow = { by: null, changing: false, asked: false, correcting: false, guessRead: false, consented: false }

export type HeartStep =
  | { readonly step: 'start' }
  | { readonly step: 'connecting'; readonly name: string | null; readonly choosing: boolean }
  | { readonly step: 'trouble'; readonly trouble: SensorTrouble; readonly name: string | null }
  | { readonly step: 'consent'; readonly about: 'heart-rate' | 'effort' | 'motion' }
  | { readonly step: 'question' }
  | { readonly step: 'guess'; readonly bpm: number }
  | { readonly step: 'live' }
  | { readonly step: 'effort' }

/**
 * Which card the heart sheet shows. Consent comes after the source answered and before anything else: nothing leaves the device
 * until it is given. Given once, it is not asked again.
 */
export function heartStep(view: HeartView, flow: HeartFlow): HeartStep {
  const { sensor, motion } = view
  if (sensor.state === 'choosing' || sensor.state === 'connecting')
    return { step: 'connecting', name: sensor.state === 'connecting' ? sensor.name : null, choosing: sensor.state === 'choosing' }
  const sounding = sensor.state === 'live' || sensor.state === 'reconnecting'
  const tapping = flow.by === 'effort' || view.profile.effortOnly
  const moving = motion.sensor.state === 'live' || motion.sensor.state === 'reconnecting'
  if (moving && !sounding && !tapping && (view.consent === null || flow.changing)) return { step: 'consent', about: 'motion' }
  if (!sounding && !tapping)
    return sensor.state === 'failed' ? { step: 'trouble', trouble: sensor.trouble, name: sensor.name } : { step: 'start' }
  if (view.consent === null || flow.changing) return { step: 'consent', about: sounding ? 'heart-rate' : 'effort' }
  if (sounding && !view.profile.effortOnly) {
    if (flow.correcting || (view.hrmax === null && !flow.asked)) return { step: 'question' }
    if (view.hrmax?.source === 'estimated' && flow.asked && !flow.guessRead) return { step: 'guess', bpm: view.hrmax.bpm }
  }
  return sounding ? { step: 'live' } : { step: 'effort' }
}
