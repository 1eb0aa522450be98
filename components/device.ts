export type Device = {
  /** Another app's built-in browser, where camera and Bluetooth are missing or half there. */
  readonly inApp: 'android' | 'iphone' | null
  /** Whether a strap can be paired on this screen; if not, which words help. `insecure` says nothing of the browser. */
  readonly strap: 'possible' | 'iphone' | 'other_browser' | 'insecure'
  readonly android: boolean
}

const IN_APP = /\bFBA[NV]|\bInstagram\b|\bLine\/|\bSnapchat\b|\bmusical_ly\b|\bBytedanceWebview\b|\bTwitter for|\bLinkedInApp\b|\bPinterest\b/i

export const describeDevice = (seen: { userAgent: string; maxTouchPoints: number; hasBluetooth: boolean; secure: boolean }): Device => {
  const { userAgent } = seen
  const android = /\bAndroid\b/.test(userAgent)
  // An iPad says that it is a Mac; no Mac has a touch screen.
  const iphone = /\b(iPhone|iPad|iPod)\b/.test(userAgent) || (/\bMacintosh\b/.test(userAgent) && seen.maxTouchPoints > 1)
  const webview = android && /; wv\)/.test(userAgent)
  const inApp = IN_APP.test(userAgent) || webview ? (iphone ? 'iphone' : android ? 'android' : null) : null
  const strap = !seen.secure ? 'insecure' : seen.hasBluetooth ? 'possible' : iphone ? 'iphone' : 'other_browser'
  return { inApp, strap, android }
}

/** Opens the same page in Chrome on Android, from whatever app it is in. */
export const chromeIntent = (address: string): string => {
  const { protocol, host, pathname } = new URL(address)
  return `intent://${host}${pathname}#Intent;scheme=${protocol.replace(':', '')};package=com.android.chrome;end`
}
