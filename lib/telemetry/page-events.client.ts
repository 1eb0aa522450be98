/**
 * What a page says about its own life. `hidden`: out of sight, and perhaps never seen again (phones give no other notice). `leaving`: it
 * goes, or goes to sleep in the browser's cache. `online`: the network is said to be back.
 */
export type PageEvent = 'hidden' | 'leaving' | 'online'
export interface PageEvents {
  listen(listener: (event: PageEvent) => void): () => void
}

export const browserPage = (): PageEvents => ({
  listen(listener) {
    const onPageHide = (): void => listener('leaving')
    const onOnline = (): void => listener('online')
    const onVisibility = (): void => {
      if (document.visibilityState === 'hidden') listener('hidden')
    }
    window.addEventListener('pagehide', onPageHide)
    window.addEventListener('online', onOnline)
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      window.removeEventListener('pagehide', onPageHide)
      window.removeEventListener('online', onOnline)
      document.removeEventListener('visibilitychange', onVisibility)
    }
  },
})
