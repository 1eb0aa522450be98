import { createDecipheriv, createECDH, createHmac, createPublicKey, type ECDH, hkdfSync, randomBytes, verify } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A push service as RFC 8030 has it, with browsers that can read what they are sent: RFC 8291 decrypted by the specification's own steps,
 * independently of the package that encrypts, and the VAPID signature (RFC 8292) checked.
 */
export type Pushed = { readonly message: unknown; readonly ttl: string; readonly urgency: string; readonly topic: string | undefined; readonly subject: unknown }
export type PushBrowser = {
  readonly subscription: { endpoint: string; keys: { p256dh: string; auth: string } }
  received(): readonly Pushed[]
  /** The browser unsubscribes: its address is gone from now on. */
  leave(): void
}

export async function startPushService(): Promise<{ browser(): PushBrowser; close(): Promise<void> }> {
  const browsers = new Map<string, { keys: ECDH; auth: Buffer; received: Pushed[]; gone: boolean }>()
  const server = createServer((request, response) => {
    void take(request).then((status) => response.writeHead(status).end())
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`

  async function take(request: IncomingMessage): Promise<number> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(Buffer.from(part))
    const browser = browsers.get(request.url ?? '')
    if (!browser || browser.gone) return 410
    const { headers } = request
    const claims = vapidClaims(headers.authorization ?? '')
    if (claims?.aud !== origin || Number(claims.exp) > Date.now() / 1000 + 86_400) return 403
    if (headers['content-encoding'] !== 'aes128gcm' || headers.ttl === undefined) return 400
    const message: unknown = JSON.parse(decrypt(Buffer.concat(parts), browser.keys, browser.auth))
    const [urgency, topic] = [headers.urgency, headers.topic].map((header) => (header === undefined ? undefined : String(header)))
    browser.received.push({ message, ttl: String(headers.ttl), urgency: urgency ?? '', topic, subject: claims.sub })
    return 201
  }

  return {
    browser() {
      const path = `/push/${randomBytes(12).toString('base64url')}`
      const keys = createECDH('prime256v1')
      const browser = { keys, auth: randomBytes(16), received: [] as Pushed[], gone: false }
      const p256dh = keys.generateKeys('base64url')
      browsers.set(path, browser)
      return {
        subscription: { endpoint: `${origin}${path}`, keys: { p256dh, auth: browser.auth.toString('base64url') } },
        received: () => browser.received,
        leave: () => void (browser.gone = true),
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** RFC 8291, section 3.4, and RFC 8188 for its one record. */
function decrypt(body: Buffer, keys: ECDH, auth: Buffer): string {
  const salt = body.subarray(0, 16)
  const idLength = body.readUInt8(20)
  const senderKey = body.subarray(21, 21 + idLength)
  const sealed = body.subarray(21 + idLength)
  const keyInfo = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), senderKey])
  const ikm = Buffer.from(hkdfSync('sha256', keys.computeSecret(senderKey), auth, keyInfo, 32))
  const prk = createHmac('sha256', salt).update(ikm).digest()
  const derive = (info: string, length: number): Buffer => createHmac('sha256', prk).update(`${info}\0\x01`).digest().subarray(0, length)
  const cipher = createDecipheriv('aes-128-gcm', derive('Content-Encoding: aes128gcm', 16), derive('Content-Encoding: nonce', 12))
  cipher.setAuthTag(sealed.subarray(-16))
  const padded = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
  return padded.subarray(0, padded.lastIndexOf(2)).toString('utf8')
}

/** The claims of `vapid t=…, k=…`, if its signature is good. */
function vapidClaims(authorization: string): { aud?: unknown; exp?: unknown; sub?: unknown } | undefined {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization) ?? []
  const [head = '', claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  if (point.length !== 65) return undefined
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'))
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } })
  const good = verify('sha256', Buffer.from(`${head}.${claims}`), { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
  return good ? (JSON.parse(Buffer.from(claims, 'base64url').toString()) as { aud?: unknown; exp?: unknown; sub?: unknown }) : undefined
}
