import { type NextRequest, NextResponse } from 'next/server'
import { env } from '@/lib/platform/env.server'
import { isNameablePath } from '@/lib/platform/nameable-path'
import { pageHeaders } from '@/lib/platform/page-headers'
import { publicRealtimeHost } from '@/lib/platform/realtime-address.server'

/** Puts a nonce CSP, new for each request, and the other headers on every page. Next reads the nonce off the request it is given. */
export function proxy(request: NextRequest): NextResponse {
  const { host, protocol } = outerAddress(request)
  const headers = pageHeaders({
    path: request.nextUrl.pathname,
    nonce: Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64'),
    host,
    secure: protocol === 'https',
    development: env().NODE_ENV === 'development',
    realtimeHost: publicRealtimeHost(),
  })
  const inner = new Headers(request.headers)
  for (const [name, value] of Object.entries(headers)) inner.set(name, value)
  const response = isNameablePath(request.nextUrl.pathname)
    ? NextResponse.next({ request: { headers: inner } })
    : // No page: what is not found there is the answer for whatever names nothing.
      NextResponse.rewrite(new URL('/names-nothing', request.url), { request: { headers: inner } })
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  return response
}

/** The address in the browser's bar: what the front door or the edge wrote down, else our own. A host that is none is not repeated. */
function outerAddress(request: NextRequest): { host: string; protocol: string } {
  const own = new URL(env().APP_URL)
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host') ?? ''
  const protocol = request.headers.get('x-forwarded-proto') ?? request.nextUrl.protocol.replace(':', '')
  return { host: /^[A-Za-z0-9.\-[\]:]+$/.test(host) ? host : own.host, protocol }
}

export const config = {
  // Files whose name changes with their content need no policy; routes under /api set their own headers but share these.
  matcher: ['/((?!_next/static|_next/image|favicon.ico).*)'],
}
