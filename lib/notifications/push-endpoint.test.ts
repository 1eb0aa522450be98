import { expect, it } from 'vitest'
import { isPrivateAddress, isPushEndpoint } from './push-endpoint'

it('takes the push services of the browsers, and nothing that leads into a network of ours', () => {
  for (const good of [
    'https://fcm.googleapis.com/fcm/send/abc:def',
    'https://updates.push.services.mozilla.com/wpush/v2/gAAA',
    'https://web.push.apple.com/QGuQ',
    'https://wns2-par02p.notify.windows.com/w/?token=x',
  ])
    expect(isPushEndpoint(good, ''), good).toBe(true)
  for (const bad of [
    'http://fcm.googleapis.com/fcm/send/abc',
    'https://127.0.0.1/x',
    'https://2130706433/x',
    'https://0x7f.1/x',
    'https://[::1]/x',
    'https://localhost/x',
    'https://printer.local/x',
    'https://db.internal/x',
    'https://intranet/x',
    'https://fcm.googleapis.com:8443/x',
    'https://user:pass@fcm.googleapis.com/x',
    'ftp://fcm.googleapis.com/x',
    'nonsense',
  ])
    expect(isPushEndpoint(bad, ''), bad).toBe(false)
})

it('lets through what the settings name, and only that', () => {
  expect(isPushEndpoint('http://localhost:4711/push/1', 'ntfy.lan, localhost')).toBe(true)
  expect(isPushEndpoint('https://ntfy.lan/1', 'ntfy.lan, localhost')).toBe(true)
  expect(isPushEndpoint('http://127.0.0.1:4711/push/1', 'ntfy.lan, localhost')).toBe(false)
})

it('knows the addresses at which no push service is', () => {
  for (const inside of ['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.9.9', '192.168.1.20', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '::ffff:10.0.0.1', '::1', 'fe80::1', 'fd00::1', '64:ff9b::a00:1', '2002:a00:1::'])
    expect(isPrivateAddress(inside), inside).toBe(true)
  for (const outside of ['142.250.1.1', '172.32.0.1', '100.128.0.1', '2a00:1450:4001:80b::200a']) expect(isPrivateAddress(outside), outside).toBe(false)
})
