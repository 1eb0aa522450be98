/** The headers that every page carries. Pure, so that a test can read them; `proxy.ts` puts them on. */
export type PageRequest = {
  readonly path: string
  readonly nonce: string
  /** As the browser wrote it: with the port, and not necessarily the host of APP_URL (another name of this machine). */
  readonly host: string
  readonly secure: boolean
  readonly development: boolean
  /** Public host of the realtime service where it is not ours, such as `ws-eu.pusher.com`. */
  readonly realtimeHost: string | null
}

const PERMISSIONS =
  'camera=(self), microphone=(self), screen-wake-lock=(self), display-capture=(self), geolocation=(), payment=(), usb=()'

export function pageHeaders(request: PageRequest): Record<string, string> {
  const { path, host, secure } = request
  // The address of a summary, or of what somebody asked to hear, opens it: it must not travel to other sites.
  const secretAddress = /^\/(s|summaries|sign-in|notices|api\/notices)(\/|$)/.test(path)
  const unlisted = secretAddress || /^\/(room|classes|home|account|history|people|api)(\/|$)/.test(path)
  return {
    'content-security-policy': contentSecurityPolicy(request),
    'permissions-policy': PERMISSIONS,
    'referrer-policy': secretAddress ? 'no-referrer' : 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    ...(unlisted ? { 'x-robots-tag': 'noindex' } : {}),
    ...(secure && isPublicName(host) ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  }
}

export function contentSecurityPolicy({ nonce, host, secure, development, realtimeHost }: PageRequest): string {
  const socket = secure ? 'wss:' : 'ws:'
  const sources: ReadonlyArray<readonly [directive: string, ...values: string[]]> = [
    ['default-src', "'self'"],
    // Next's development server evaluates what it reloads.
    ['script-src', "'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(development ? ["'unsafe-eval'"] : [])],
    // …and writes style elements without a nonce. In production only ours and the dialog's, which has the nonce.
    ['style-src', "'self'", development ? "'unsafe-inline'" : `'nonce-${nonce}'`],
    ['style-src-attr', "'unsafe-inline'"],
    ['img-src', "'self'", 'data:', 'blob:'],
    ['media-src', "'self'", 'blob:', 'mediastream:'],
    ['font-src', "'self'"],
    ['worker-src', "'self'", 'blob:'],
    // Older Safari does not read 'self' as the same host's sockets.
    ['connect-src', "'self'", `${socket}//${host}`, ...(realtimeHost === null ? [] : [`wss://${realtimeHost}`])],
    ['object-src', "'none'"],
    ['base-uri', "'none'"],
    ['form-action', "'self'"],
    ['frame-ancestors', "'none'"],
  ]
  return sources.map((source) => source.join(' ')).join('; ')
}

/** Browsers apply the promise to every port: on localhost or a home network it would break the neighbours. */
const isPublicName = (host: string): boolean => {
  const name = host.replace(/:\d+$/, '')
  return name.includes('.') && !/^[\d.]+$|^\[|\.(local|localhost|lan|home|internal|test)$/.test(name)
}
