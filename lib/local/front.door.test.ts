import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, request as ask, type Server } from 'node:http'
import { request as askSecurely } from 'node:https'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { type Certificate, keepCertificate } from './certificate.server'
import { type FrontDoor, startFrontDoor } from './front-door.server'
import { until } from './process.server'

const host = '127.0.0.1'
const folder = mkdtempSync(join(tmpdir(), 'pulseroom-front-'))
let certificate: Certificate
let app: Server
let realtime: Server
const appSockets: WebSocket[] = []
let abandoned = 0
let endless = 0

const listening = async (server: Server): Promise<{ host: string; port: number }> => {
  server.listen(0, host)
  await once(server, 'listening')
  return { host, port: (server.address() as AddressInfo).port }
}
const echo = (server: Server, name: string, keep: WebSocket[] = []): void => {
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket, request) => {
    keep.push(socket)
    socket.on('message', (data) => socket.send(`${name} ${request.url ?? ''} ${request.headers['x-forwarded-proto']} ${data}`))
  })
}

beforeAll(async () => {
  certificate = await keepCertificate(folder, ['localhost', '127.0.0.1'])
  app = createServer((request, response) => {
    if (request.url === '/slow') {
      response.on('close', () => (abandoned += 1))
      response.write('first')
      return
    }
    if (request.url === '/endless') {
      const block = Buffer.alloc(1_000_000, 'x')
      const write = (): void => {
        while (!response.destroyed && endless < 1_000_000_000) {
          endless += block.length
          if (!response.write(block)) return void response.once('drain', write)
        }
      }
      write()
      return
    }
    let size = 0
    request.on('data', (data: Buffer) => (size += data.length))
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] })
      response.end(JSON.stringify({ url: request.url, method: request.method, size, headers: request.headers }))
    })
  })
  realtime = createServer()
  echo(app, 'app', appSockets)
  echo(realtime, 'realtime')
  await Promise.all([listening(app), listening(realtime)])
})
afterAll(() => {
  for (const server of [app, realtime]) server.closeAllConnections()
  app.close()
  realtime.close()
  rmSync(folder, { recursive: true, force: true })
})

let door: FrontDoor
afterEach(() => door.close())
const open = async (options: { secure?: boolean; behind?: string; appPort?: number } = {}): Promise<void> => {
  const to = (server: Server): { host: string; port: number } => ({ host, port: (server.address() as AddressInfo).port })
  door = await startFrontDoor({
    port: 0,
    host,
    app: { host, port: options.appPort ?? to(app).port },
    realtime: to(realtime),
    ...(options.secure && { certificate }),
    ...(options.behind && { behind: options.behind }),
  })
}

const get = async (path: string, options: { secure?: boolean; headers?: Record<string, string>; body?: string } = {}): Promise<{ status: number; headers: IncomingMessage['headers']; text: string }> => {
  const made = { host, port: door.port, path, headers: options.headers, method: options.body === undefined ? 'GET' : 'POST', ca: certificate.cert, agent: false as const }
  const request = options.secure ? askSecurely(made) : ask(made)
  request.end(options.body)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  let text = ''
  for await (const chunk of response) text += String(chunk)
  return { status: response.statusCode ?? 0, headers: response.headers, text }
}
const talk = async (address: string): Promise<string> => {
  const socket = new WebSocket(address, { ca: certificate.cert })
  await once(socket, 'open')
  socket.send('hello')
  const [data] = (await once(socket, 'message')) as [Buffer]
  socket.close()
  return String(data)
}

describe('over http', () => {
  it('passes requests on, with the truth about who asked', async () => {
    await open()
    const { status, headers, text } = await get('/c/abc?x=1', { headers: { host: 'localhost:3000', 'x-forwarded-proto': 'https', 'x-forwarded-for': '6.6.6.6' }, body: 'x'.repeat(300_000) })
    expect(status).toBe(200)
    expect(headers['set-cookie']).toEqual(['a=1', 'b=2'])
    expect(JSON.parse(text)).toMatchObject({
      url: '/c/abc?x=1',
      method: 'POST',
      size: 300_000,
      headers: { host: 'localhost:3000', 'x-forwarded-host': 'localhost:3000', 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' },
    })
  })

  it('takes a million bytes and no more, declared or streamed', async () => {
    await open()
    expect(JSON.parse((await get('/api/x', { body: 'x'.repeat(1_000_000) })).text)).toMatchObject({ size: 1_000_000 })
    const declared = ask({ host, port: door.port, path: '/api/x', method: 'POST', headers: { 'content-length': 1_000_001 }, agent: false })
    declared.on('error', () => {})
    declared.flushHeaders()
    const [refused] = (await once(declared, 'response')) as [IncomingMessage]
    expect(refused.statusCode).toBe(413)
    declared.destroy()

    const streamed = (blocks: number) => {
      const request = ask({ host, port: door.port, path: '/api/x', method: 'POST', headers: { 'transfer-encoding': 'chunked' }, agent: false })
      for (let block = 0; block < blocks; block++) request.write(Buffer.alloc(100_000))
      request.end()
      return new Promise<number | 'cut'>((done) => {
        request.once('response', (response) => (response.resume(), done(response.statusCode ?? 0)))
        request.once('error', () => done('cut'))
      })
    }
    expect(await streamed(10)).toBe(200)
    expect(await streamed(11)).toBe('cut')
    expect((await get('/home')).status, 'and the door is open to the next').toBe(200)
  })

  it('leads upgrades under /app/ to realtime and all others to the application', async () => {
    await open()
    expect(await talk(`ws://${host}:${door.port}/app/key?protocol=7`)).toBe('realtime /app/key?protocol=7 http hello')
    expect(await talk(`ws://${host}:${door.port}/_next/webpack-hmr`)).toBe('app /_next/webpack-hmr http hello')
  })

  it('ends the far side when a client vanishes in the middle of an answer or a socket', async () => {
    await open()
    const before = abandoned
    const request = ask({ host, port: door.port, path: '/slow', agent: false }).end()
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    await once(response, 'data')
    request.on('error', () => {})
    response.on('error', () => {})
    request.destroy()
    expect(await until(() => abandoned === before + 1, 5_000)).toBe(true)

    const socket = new WebSocket(`ws://${host}:${door.port}/_next/x`)
    await once(socket, 'open')
    const far = appSockets.at(-1)
    socket.terminate()
    expect(await until(() => far?.readyState === WebSocket.CLOSED, 5_000)).toBe(true)
  })

  it('does not read an answer faster than its client does', async () => {
    await open()
    const client = connect(door.port, host)
    client.pause()
    client.write('GET /endless HTTP/1.1\r\nhost: x\r\n\r\n')
    let before = -1
    let still = 0
    // The application writes as fast as it may; it must come to rest, with no more than what sockets and pipes hold.
    const rested = await until(() => {
      still = endless > 0 && endless === before ? still + 1 : 0
      before = endless
      return still === 8
    }, 10_000)
    expect(rested).toBe(true)
    expect(endless).toBeLessThan(50_000_000)
    client.destroy()
  })

  it('answers 502 with a way on while the application is away: words for people, our shape for programs', async () => {
    await open({ appPort: 1 })
    const person = await get('/home', { headers: { accept: 'text/html,*/*' } })
    expect(person).toMatchObject({ status: 502, headers: { 'content-type': 'text/html; charset=utf-8', 'retry-after': '2' } })
    expect(person.text).toContain('tries again by itself')
    const program = await get('/api/time')
    expect(program.status).toBe(502)
    expect(JSON.parse(program.text)).toMatchObject({ error: { code: 'unavailable' } })
    const socket = new WebSocket(`ws://${host}:${door.port}/_next/x`)
    await once(socket, 'error')
  })
})

describe('over https, on one port', () => {
  it('serves pages and sockets', async () => {
    await open({ secure: true })
    const { text } = await get('/home', { secure: true })
    expect(JSON.parse(text)).toMatchObject({ headers: { 'x-forwarded-proto': 'https' } })
    expect(await talk(`wss://${host}:${door.port}/app/key`)).toBe('realtime /app/key https hello')
  })

  it('tells whoever comes with plain http which address to open, and lets nothing else through', async () => {
    await open({ secure: true })
    const { status, text } = await get('/c/abc?a=1&b="><script>', { headers: { host: `192.168.1.20:${door.port}` } })
    expect(status).toBe(426)
    expect(text).toContain(`href="https://192.168.1.20:${door.port}/c/abc?a=1&#38;b=`)
    expect(text).not.toContain('<script>')
    expect(text).toContain('Your browser will warn')
    const socket = new WebSocket(`ws://${host}:${door.port}/app/key`)
    await once(socket, 'error')
  })

  it('survives noise and a connection that says nothing', async () => {
    await open({ secure: true })
    const silent = connect(door.port, host)
    await once(silent, 'connect')
    for (const noise of [Buffer.from([0x16, 3, 1, 255, 255, 0, 0]), Buffer.from('\0\0\0'), Buffer.from('SSH-2.0-x\r\n')]) {
      const socket = connect(door.port, host)
      socket.on('error', () => {})
      socket.end(noise)
      socket.resume()
      await once(socket, 'close')
    }
    expect((await get('/home', { secure: true })).status).toBe(200)
    silent.destroy()
  })
})

describe('behind a tunnel', () => {
  it('speaks in the tunnel\'s name, believes its word on the client, and sends strays to it', async () => {
    await open({ behind: 'https://gym.example' })
    const through = await get('/home', { headers: { host: 'localhost:3000', 'x-forwarded-for': '81.2.3.4', 'x-forwarded-proto': 'https' } })
    expect(JSON.parse(through.text)).toMatchObject({ headers: { host: 'gym.example', 'x-forwarded-for': '81.2.3.4', 'x-forwarded-proto': 'https' } })
    const stray = await get('/c/abc', { headers: { host: '192.168.1.20:3000' } })
    expect(stray.status).toBe(426)
    expect(stray.text).toContain('href="https://gym.example/c/abc"')
  })
})
