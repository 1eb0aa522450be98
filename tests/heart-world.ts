import type { HeartWorld } from '@/lib/room/heart-world.client'

/** What is around a heart where nothing is written down, remembered or asked; a test adds what it is about. */
export const QUIET_UPLINK: HeartWorld['uplink'] = {
  openRecorder: () => ({ push: () => undefined, pushEffort: () => undefined, pushMotion: () => undefined, complete: async () => undefined }),
  pendingChunks: () => 0,
  serverNowMs: () => Date.now(),
  subscribe: () => () => undefined,
  flush: async () => undefined,
  localRuns: async () => [],
  dispose: async () => undefined,
}
export const QUIET_WORLD: Omit<HeartWorld, 'api' | 'strap' | 'replay'> = {
  uplink: QUIET_UPLINK,
  motion: () => null,
  pairing: { possible: true },
  askPairing: async () => ({ possible: true }),
  rememberedName: () => null,
  remember: () => undefined,
  wasHidden: () => false,
  keepHidden: () => undefined,
  page: { onFreeze: () => () => undefined },
}
