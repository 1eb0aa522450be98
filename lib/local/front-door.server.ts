import 'server-only'
import { Agent, createServer, type IncomingMessage, type Server, ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { createServer as createPortServer, type Server as PortServer, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createProxyServer } from 'httpxy'
import { forwardedHeaders, publicAddress } from './forwarded'
import { openSecurely, startingAgain } from './front-door-pages'

const MAX_CONNECTIONS = 2_000
const FIRST_BYTE_MS = 15_000
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
  const proxy = createProxyServer({ agent: new Agent({ keepAlive: true, maxSockets: 512, maxFreeSockets: 32 }), xfwd: false })
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
    prepare(request)
    void proxy.web(request, response, { target: options.app }).catch(() => refuse(response))
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

/** 502 while the application is away: a page that tries again for people, our error shape for everything else. */
function refuse(answer: unknown): void {
  if (!(answer instanceof ServerResponse)) {
    if (isDuplex(answer)) answer.destroy()
    return
  }
  if (answer.headersSent) return void answer.destroy()
  const forPeople = answer.req.headers.accept?.includes('text/html') === true
  const error = { error: { code: 'unavailable', message: 'Pulseroom is starting again. Try again in a few seconds.' }, requestId: '' }
  answer.writeHead(502, { 'content-type': forPeople ? 'text/html; charset=utf-8' : 'application/json', 'cache-control': 'no-store', 'retry-after': '2' })
  answer.end(forPeople ? startingAgain() : JSON.stringify(error))
}

const isDuplex = (value: unknown): value is Duplex => typeof value === 'object' && value !== null && 'destroy' in value && typeof value.destroy === 'function'
