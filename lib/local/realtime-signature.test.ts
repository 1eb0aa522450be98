import { describe, expect, it } from 'vitest'
import { bodyMd5, channelSignature, refusalOfRequest, requestSignature, userSignature } from './realtime-signature.server'

// Pusher's published app of the signature examples; every value was recomputed independently.
const app = { key: '278d425bdf160c739803', secret: '7ad3773142a6692b25b8' }

describe('signatures', () => {
  it('signs a private channel', () => {
    expect(channelSignature(app, '1234.1234', 'private-foobar')).toBe(
      `${app.key}:58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4`,
    )
  })

  it('signs a presence channel with its channel data', () => {
    const data = '{"user_id":10,"user_info":{"name":"Mr. Channels"}}'
    expect(channelSignature(app, '1234.1234', 'presence-foobar', data)).toBe(
      `${app.key}:31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80`,
    )
  })

  it('signs a user', () => {
    expect(userSignature(app, '1234.1234', '{"id":"12345"}')).toBe(
      `${app.key}:4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba`,
    )
  })
})

describe('HTTP API', () => {
  const body = Buffer.from('{"name":"foo","channels":["project-3"],"data":"{\\"some\\":\\"data\\"}"}')
  const query = new Map([
    ['auth_key', app.key],
    ['auth_timestamp', '1353088179'],
    ['auth_version', '1.0'],
    ['body_md5', 'ec365a775a4cd0599faeb73354201b6f'],
    ['auth_signature', 'da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c'],
  ])
  const request = { method: 'POST', path: '/apps/3/events', query, body }
  const signedAt = 1_353_088_179_000

  it('reproduces the published vector', () => {
    expect(bodyMd5(body)).toBe('ec365a775a4cd0599faeb73354201b6f')
    expect(requestSignature(app.secret, 'POST', '/apps/3/events', query)).toBe(
      'da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c',
    )
    expect(refusalOfRequest(app, request, signedAt)).toBeNull()
  })

  it('takes a clock up to 600 s off, on either side, and no more', () => {
    expect(refusalOfRequest(app, request, signedAt + 600_000)).toBeNull()
    expect(refusalOfRequest(app, request, signedAt - 600_000)).toBeNull()
    expect(refusalOfRequest(app, request, signedAt + 600_001)).toContain('Timestamp expired')
    expect(refusalOfRequest(app, request, signedAt - 600_001)).toContain('Timestamp expired')
  })

  it('refuses another body, another path, another key and a missing timestamp', () => {
    expect(refusalOfRequest(app, { ...request, body: Buffer.from('{}') }, signedAt)).toBe('Invalid body_md5')
    expect(refusalOfRequest(app, { ...request, path: '/apps/4/events' }, signedAt)).toBe('Invalid signature')
    expect(refusalOfRequest({ ...app, key: 'other' }, request, signedAt)).toBe('Unknown auth_key')
    expect(
      refusalOfRequest(app, { ...request, query: new Map([...query].filter(([name]) => name !== 'auth_timestamp')) }, signedAt),
    ).toContain('Timestamp')
  })
})
