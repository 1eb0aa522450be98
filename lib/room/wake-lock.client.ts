export interface WakeLock {
  readonly state: 'on' | 'off' | 'unsupported'
  close(): void
}

type Screen = {
  readonly wakeLock: Pick<globalThis.WakeLock, 'request'> | undefined
  readonly document: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>
}
const browserScreen = (): Screen => ({ wakeLock: 'wakeLock' in navigator ? navigator.wakeLock : undefined, document })

/** Keeps the screen lit while it is open. The browser takes the lock back whenever the page is hidden, so it is asked for again. */
export function keepAwake(onChange: () => void, { wakeLock, document: page }: Screen = browserScreen()): WakeLock {
  let held: WakeLockSentinel | null = null
  let asking = false
  let closed = false

  async function ask(): Promise<void> {
    if (closed || asking || held || !wakeLock || page.visibilityState !== 'visible') return
    asking = true
    // Refused when the battery is low: the next time the page is shown asks again.
    const lock = await wakeLock.request('screen').catch(() => null)
    asking = false
    if (closed) return void lock?.release()
    held = lock
    lock?.addEventListener('release', () => {
      held = null
      onChange()
    })
    onChange()
  }
  const onVisible = () => void ask()
  page.addEventListener('visibilitychange', onVisible)
  void ask()
  return {
    get state() {
      return wakeLock ? (held ? 'on' : 'off') : 'unsupported'
    },
    close() {
      closed = true
      page.removeEventListener('visibilitychange', onVisible)
      void held?.release()
      held = null
    },
  }
}
