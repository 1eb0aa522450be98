import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One call as it arrived. */
export type Call = { readonly method: string; readonly path: string; readonly query: URLSearchParams; readonly headers: Headers; readonly body: Buffer }
export type Answer = { readonly status: number; readonly json?: unknown; readonly body?: string | Uint8Array; readonly headers?: Readonly<Record<string, string>> }
/** What goes wrong with the next calls to paths that match; `before` runs first, and with nothing else said the call then goes as ever. */
export type Fault = {
  readonly path: RegExp
  readonly times?: number
  readonly answer?: Answer
  readonly drop?: boolean
  readonly hang?: boolean
  readonly before?: () => Promise<void> | void
  /** Does what was asked, then loses the answer. */
  readonly loseAnswer?: boolean
}
/** The vendor's rate limit as it stands with this call: on every answer, and the refusal once it is over. */
export type Counted = { readonly refusal?: Answer; readonly headers: Readonly<Record<string, string>> }
export type Emulator = { readonly url: string; readonly calls: readonly Call[]; fault(fault: Fault): void; close(): Promise<void> }

/** An HTTP server that stands in for a vendor: real requests, kept state, faults on demand, the vendor's rate-limit headers. */
export async function startEmulator(handle: (call: Call) => Answer | Promise<Answer>, limit?: (call: Call) => Counted, port = 0): Promise<Emulator> {
  const calls: Call[] = []
  const faults: Array<Fault & { left: number }> = []
  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()))
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(Buffer.from(part))
    const url = new URL(request.url ?? '/', 'http://emulator')
    const headers = new Headers(Object.entries(request.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as [string, string]])))
    const call: Call = { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, headers, body: Buffer.concat(parts) }
    // What a browser asks of every site.
    if (call.path === '/favicon.ico') return send(response, { status: 204 }, {})
    calls.push(call)
    const fault = faults.find(({ path, left }) => left > 0 && path.test(`${call.method} ${call.path}`))
    if (fault) fault.left--
    await fault?.before?.()
    if (fault?.hang) return
    if (fault?.drop) return void response.destroy()
    if (fault?.answer) return send(response, fault.answer, {})
    const { refusal, headers: told } = limit?.(call) ?? { headers: {} }
    const answer = refusal ?? (await handle(call))
    if (fault?.loseAnswer) return void response.destroy()
    send(response, answer, told)
  }
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    calls,
    fault: (fault) => void faults.push({ ...fault, left: fault.times ?? 1 }),
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

function send(response: ServerResponse, { status, json, body, headers }: Answer, more: Readonly<Record<string, string>>): void {
  const bytes = json === undefined ? body : JSON.stringify(json)
  response.writeHead(status, { connection: 'close', ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...more, ...headers })
  response.end(bytes)
}

export type OAuthRules = {
  readonly clientId: string
  readonly clientSecret: string
  readonly pkce?: boolean
  /** How long an access token opens; null: for ever, and there is no refresh token. */
  readonly lifeSeconds: number | null
  readonly rotating?: boolean
  /** Whether a refresh token that was used still answers while the tokens it gave are unused. */
  grace?: boolean
}
type Grant = { readonly userId: string; readonly scope: string; access: string; refresh: string | null; endsAt: number; used: boolean }
export type Issued = { readonly userId: string; readonly scope: string; readonly access_token: string; readonly refresh_token: string | null; readonly expires_in: number }

const token = (kind: string): string => `${kind}_${randomBytes(24).toString('base64url')}`

/** OAuth 2.0's authorization code grant (RFC 6749, RFC 7636) with its state: what a code, a token and a refresh token still open. */
export class OAuth {
  readonly #codes = new Map<string, { userId: string; scope: string; redirectUri: string; challenge: string | null }>()
  readonly #grants: Grant[] = []
  /** Refresh tokens that were used, by the grant that they gave. */
  readonly #spent = new Map<string, Grant>()

  constructor(readonly rules: OAuthRules) {}

  /** What the person's browser is sent back to when they say yes (to these scopes) or no. Throws where a vendor shows an error page. */
  consent(authoriseUrl: string, userId: string, say: { readonly deny?: boolean; readonly scope?: string } = {}): URL {
    const ask = new URL(authoriseUrl).searchParams
    const redirectUri = ask.get('redirect_uri') ?? ''
    if (ask.get('client_id') !== this.rules.clientId || ask.get('response_type') !== 'code') throw new Error('no such app')
    if (this.rules.pkce && ask.get('code_challenge_method') !== 'S256') throw new Error('PKCE is required')
    const back = new URL(redirectUri)
    const state = ask.get('state')
    if (state !== null) back.searchParams.set('state', state)
    if (say.deny) {
      back.searchParams.set('error', 'access_denied')
      return back
    }
    const code = token('code')
    const scope = say.scope ?? ask.get('scope') ?? ''
    this.#codes.set(code, { userId, scope, redirectUri, challenge: ask.get('code_challenge') })
    back.searchParams.set('code', code)
    back.searchParams.set('scope', scope)
    return back
  }

  /** The token address's answer to a form; null: refused (400 invalid_grant). The app must have proved itself before. */
  token(form: URLSearchParams): Issued | null {
    if (form.get('grant_type') === 'refresh_token') return this.#refresh(form.get('refresh_token') ?? '')
    const code = form.get('code') ?? ''
    const asked = this.#codes.get(code)
    this.#codes.delete(code)
    if (!asked || (form.has('redirect_uri') && form.get('redirect_uri') !== asked.redirectUri)) return null
    if (asked.challenge !== null && createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url') !== asked.challenge) return null
    return this.#issue(asked.userId, asked.scope)
  }

  #issue(userId: string, scope: string, refresh = this.rules.lifeSeconds === null ? null : token('refresh')): Issued {
    const life = this.rules.lifeSeconds ?? 315_359_999
    const grant: Grant = { userId, scope, access: token('access'), refresh, endsAt: Date.now() + life * 1000, used: false }
    this.#grants.push(grant)
    return { userId, scope, access_token: grant.access, refresh_token: refresh, expires_in: life }
  }

  #refresh(refresh: string): Issued | null {
    const spent = this.#spent.get(refresh)
    if (spent && this.rules.grace && !spent.used) {
      const { userId, scope, access } = spent
      return { userId, scope, access_token: access, refresh_token: spent.refresh, expires_in: Math.round((spent.endsAt - Date.now()) / 1000) }
    }
    const grant = this.#grants.find((one) => one.refresh === refresh && refresh !== '')
    if (!grant) return null
    const issued = this.#issue(grant.userId, grant.scope, this.rules.rotating ? token('refresh') : refresh)
    const next = this.#grants.at(-1)
    if (this.rules.rotating && next) {
      this.#spent.set(refresh, next)
      grant.refresh = null
    }
    return issued
  }

  /** Whose token a call carries in its header; null: 401. A token in the address never counts. */
  grantOf(call: Call): { readonly userId: string; readonly scope: string } | null {
    const value = /^Bearer (.+)$/.exec(call.headers.get('authorization') ?? '')?.[1]
    const grant = this.#grants.find(({ access, endsAt }) => access === value && endsAt > Date.now())
    if (grant) grant.used = true
    return grant ?? null
  }

  isApp(call: Call): boolean {
    const { clientId, clientSecret } = this.rules
    const form = new URLSearchParams(call.body.toString())
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
    return call.headers.get('authorization') === basic || (form.get('client_id') === clientId && form.get('client_secret') === clientSecret)
  }

  /** Access tokens end at once; refresh tokens stay good. */
  expire(userId: string): void {
    for (const grant of this.#grants.filter((one) => one.userId === userId)) grant.endsAt = 0
  }

  revoke(which: { readonly userId: string } | { readonly token: string }): void {
    const of = 'userId' in which ? which.userId : this.#grants.find(({ access, refresh }) => access === which.token || refresh === which.token)?.userId
    for (const grant of this.#grants.filter(({ userId }) => userId === of)) {
      grant.endsAt = 0
      grant.refresh = null
    }
  }

  /** How many tokens of a person still open something. */
  alive(userId: string): number {
    return this.#grants.filter((one) => one.userId === userId && (one.refresh !== null || one.endsAt > Date.now())).length
  }
}
