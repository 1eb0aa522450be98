import type { SensorTrouble } from './sensor'

const nameOf = (error: unknown): string => (error instanceof Error || error instanceof DOMException ? error.name : '')
const messageOf = (error: unknown): string => (error instanceof Error || error instanceof DOMException ? error.message : '')

/**
 * Why the chooser gave no device. Chromium says NotFoundError for nearly everything, so its words decide: the chooser was closed, there
 * is no adapter, the browser, the system or a policy forbids it, or the device vanished while it was being chosen.
 */
export function chooserTrouble(error: unknown): SensorTrouble {
  const name = nameOf(error)
  const message = messageOf(error)
  if (/cancell?ed/i.test(message)) return 'cancelled'
  if (/adapter not available|low energy not available/i.test(message)) return 'bluetooth_off'
  if (/not supported on this platform/i.test(message)) return 'unsupported'
  if (name === 'SecurityError' || name === 'NotAllowedError' || /disabled|denied|permission|policy/i.test(message)) return 'blocked'
  return name === 'NotFoundError' || name === 'AbortError' ? 'not_found' : 'blocked'
}

/** Why a chosen device gave nothing: it is of another kind, the browser forbids it, or, for all the rest, it is in use elsewhere or asleep. */
export function linkTrouble(error: unknown): SensorTrouble {
  const name = nameOf(error)
  if (name === 'NotFoundError' || name === 'NotSupportedError') return 'wrong_device'
  return name === 'SecurityError' || name === 'NotAllowedError' ? 'blocked' : 'in_use_or_asleep'
}
