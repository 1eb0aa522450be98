/** The one way to read the time: UTC milliseconds since the epoch. Tests move it with fake timers. */
export const now = (): number => Date.now()
