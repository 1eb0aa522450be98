/** Words of the rehearsal and of the wall above another window. */
export const rehearsalStrings = {
  offer: 'See it full, with simulated members',
  home: 'See a full wall before anybody comes',
  homeText: 'Twelve simulated members fill your wall, on your screen only. No strap and no camera are needed.',
  start: 'Rehearse',
  title: 'Rehearsal',
  hint: 'Simulated members, on this screen only',
  banner: 'Rehearsal: everybody here is simulated, on this screen only. They go when a real member joins.',
  stop: 'End the rehearsal',
  badge: 'Simulated',
  line: (count: number) => `Rehearsal: ${count} simulated, nobody here yet`,
  gone: 'A member has joined. The rehearsal is over.',
} as const

export const floatingWallStrings = {
  title: 'Wall above other windows',
  hint: 'Floats over Zoom, Meet or Teams',
  close: 'Put the wall back',
  closeHint: 'It floats in its own window now',
  label: 'The wall, floating',
  failed: 'The floating window did not open. Press it again.',
  audience: 'For you only: do not share this window.',
} as const
