import 'server-only'
import { Agent, createServer, type IncomingMessage, type Server, ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { createServer as createPortServer, type Server as PortServer, type Socket } from 'node:net'
import { type Duplex, Transform } from 'node:stream'
import { createProxyServer } from 'httpxy'
import { forwardedHeaders, publicAddress } from './forwarded'
import { openSecurely, startingAgain } from './front-door-pages'

const MAX_CONNECTIONS = 2_000
/** Uploads have 64 kB; libraries behind us would read whatever is sent into memory. */
const MAX_BODY_BYTES = 1_000_000
const FIRST_BYTE_MS = 15_000
/** How long an unused connection to the application is kept: less than the application keeps it. */
const IDLE_MS = 20_000
const TLS_HANDSHAKE = 0x16

export interface FrontDoorOptions {
  /** 0: any free port. */
  readonly port: number
  readonly host: string
  /** The application: everything but realtime. */
  readonly app: { readonly host: string; readonly port: number }
  /** `/app/*` upgrades: the path of Pusher's protocol. */
  readonly realtime: { readonly host: string; readonly port: number }
  readonly certificate?: { readonly key: string; readonly cert: string }
  /** The https origin of a tunnel or a TLS proxy in front of us, whose word on the client's address counts. */
  readonly behind?: string
}

export interface FrontDoor {
  readonly port: number
  close(): Promise<void>
}

/**
 * One origin and one port for everything that a browser touches. Bodies and sockets are piped, so a slow reader slows its own sender only.
 * With a certificate the port speaks https, and tells whoever comes with plain http which address to open.
 * Rejects with Node's own error, such as EADDRINUSE.
 */
export async function startFrontDoor(options: FrontDoorOptions): Promise<FrontDoor> {
  const proxy = createProxyServer({ agent: new Agent({ keepAlive: true, timeout: IDLE_MS, maxSockets: 512, maxFreeSockets: 32 }), xfwd: false })
  const secure = options.certificate !== undefined
  const sockets = new Set<Duplex>()

  const prepare = (request: IncomingMessage): void => {
    request.headers = forwardedHeaders(request.headers, { address: request.socket.remoteAddress ?? '', secure, behind: options.behind })
  }
  proxy.on('error', (_error, _request, answer) => refuse(answer))
  // The proxy ends the far side when ours errs; this also does when ours just vanishes.
  proxy.on('proxyReqWs', (outgoing, _request, socket) => outgoing.once('upgrade', (_answer, far) => void socket.once('close', () => far.destroy())))

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    if (options.behind !== undefined && !secure && cameOutsideTunnel(request, options.behind)) return wayOn(request, response, options.behind, false)
    if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return refuse(response, TOO_LARGE)
    prepare(request)
    // What says its length is held to it by Node.
    const counted = request.headers['transfer-encoding'] === undefined ? {} : { buffer: countedBody(request) }
    void proxy.web(request, response, { target: options.app, ...counted }).catch(() => refuse(response))
  }
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const target = /^\/app\//.test(request.url ?? '') ? options.realtime : options.app
    prepare(request)
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    void proxy.ws(request, socket as Socket, { target, agent: false }, head).catch(() => socket.destroy())
  }

  const plain = createServer((request, response) => {
    if (!secure) return answer(request, response)
    wayOn(request, response, `https://${publicAddress(request.headers.host) ?? 'localhost'}`, true)
  })
  if (!secure) plain.on('upgrade', upgrade)
  const tls = secure ? createSecureServer({ ...options.certificate, minVersion: 'TLSv1.2' }, answer).on('upgrade', upgrade) : undefined
  tls?.on('tlsClientError', (_error, socket) => socket.destroy()) // a phone that does not trust the certificate yet

  const port = createPort(plain, tls)
  await new Promise<void>((resolve, reject) => {
    port.once('error', reject)
    port.listen(options.port, options.host, resolve)
  })
  port.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const address = port.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    async close() {
      const closed = new Promise<void>((resolve) => port.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** One port for both: the first byte of a connection tells TLS from plain HTTP. */
function createPort(plain: Server, tls: Server | undefined): PortServer {
  const port = createPortServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy())
    if (!tls) return void plain.emit('connection', socket)
    socket.setTimeout(FIRST_BYTE_MS, () => socket.destroy())
    socket.once('data', (first: Buffer) => {
      socket.pause()
      socket.setTimeout(0)
      socket.removeAllListeners('timeout')
      socket.unshift(first)
      const server = first[0] === TLS_HANDSHAKE ? tls : plain
      server.emit('connection', socket)
      process.nextTick(() => socket.resume())
    })
  })
  port.maxConnections = MAX_CONNECTIONS
  return port
}

/** A request that reached us without passing the tunnel, and from elsewhere: its page would have no camera. */
function cameOutsideTunnel(request: IncomingMessage, behind: string): boolean {
  const host = publicAddress(request.headers.host) ?? ''
  const local = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host)
  return !local && host !== new URL(behind).host && request.headers['x-forwarded-proto'] !== 'https'
}

function wayOn(request: IncomingMessage, response: ServerResponse, origin: string, selfMade: boolean): void {
  const address = `${origin}${request.url?.startsWith('/') === true ? request.url : '/'}`
  response.writeHead(426, { upgrade: 'TLS/1.2, HTTP/1.1', connection: 'close', 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  response.end(openSecurely(address, selfMade))
}

/** Hangs up on a body that grows beyond what anybody may send. */
function countedBody(request: IncomingMessage): Transform {
  let size = 0
  return request.pipe(
    new Transform({
      transform(part: Buffer, _encoding, done) {
        size += part.length
        if (size > MAX_BODY_BYTES) request.destroy()
        else done(null, part)
      },
    }),
  )
}

const TOO_LARGE = { status: 413, code: 'too_large', message: `A request may hold at most ${MAX_BODY_BYTES} bytes. Send less at a time.` }
const AWAY = { status: 502, code: 'unavailable', message: 'Pulseroom is starting again. Try again in a few seconds.' }

/** While the application is away, a page that tries again for people; our error shape for everything else. */
function refuse(answer: unknown, why = AWAY): void {
  if (!(answer instanceof ServerResponse)) {
    if (isDuplex(answer)) answer.destroy()
    return
  }
  if (answer.headersSent) return void answer.destroy()
  const forPeople = why === AWAY && answer.req.headers.accept?.includes('text/html') === true
  const { status, ...said } = why
  const error = { error: said, requestId: '' }
  const headers = why === AWAY ? { 'retry-after': '2' } : { connection: 'close' }
  answer.writeHead(status, { 'content-type': forPeople ? 'text/html; charset=utf-8' : 'application/json', 'cache-control': 'no-store', ...headers })
  answer.end(forPeople ? startingAgain() : JSON.stringify(error))
}

const isDuplex = (value: unknown): value is Duplex => typeof value === 'object' && value !== null && 'destroy' in value && typeof value.destroy === 'function'
