import type { RoomPhase } from './room-view'

const TOO_MANY: Readonly<Record<string, string>> = {
  too_many_own_screens: 'You have this class open on four screens already. Close one of them, then reload this page.',
  too_many_screens: 'This class has as many screens open as it can hold. Everybody on one screen makes room; then reload this page.',
}

/** What a screen becomes that may not hear its class. `reason`: an ErrorCode, a channel's own refusal, or the realtime server's. */
export function refusedPhase(reason: string): RoomPhase {
  if (reason === 'removed_from_class') return { phase: 'removed' }
  if (reason === 'class_over' || reason === 'class_cancelled') return { phase: 'closed' }
  return { phase: 'failed', message: TOO_MANY[reason] ?? 'This page may not enter the class any more. Reload it.' }
}
