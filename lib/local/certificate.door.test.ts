import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keepCertificate } from './certificate.server'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pulseroom-certificate-'))
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true, force: true })
})
const NAMES = ['localhost', 'gym', 'gym.local', '127.0.0.1', '192.168.1.20']

it('holds every name and address, and keeps its key to itself', async () => {
  const { cert, fresh } = await keepCertificate(folder, NAMES)
  expect(fresh).toBe(true)
  const x509 = new X509Certificate(cert)
  for (const name of ['localhost', 'gym', 'gym.local']) expect(x509.checkHost(name)).toBe(name)
  for (const ip of ['127.0.0.1', '192.168.1.20']) expect(x509.checkIP(ip)).toBe(ip)
  expect(x509.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']) // server authentication: iPhones ask for it
  const days = (Date.parse(x509.validTo) - Date.parse(x509.validFrom)) / 86_400_000
  expect(days).toBeLessThanOrEqual(398)
  expect(statSync(join(folder, 'key.pem')).mode & 0o077).toBe(0)
})

it('stays the same until an address changes, it nearly ends, or it is broken', async () => {
  const first = await keepCertificate(folder, NAMES)
  expect(await keepCertificate(folder, NAMES.slice(0, 3))).toEqual({ ...first, fresh: false })
  const moved = await keepCertificate(folder, [...NAMES, '10.0.0.7'])
  expect(moved.fresh).toBe(true)
  expect(new X509Certificate(moved.cert).checkIP('10.0.0.7')).toBe('10.0.0.7')
  vi.useFakeTimers({ now: Date.now() + 370 * 86_400_000, toFake: ['Date'] })
  const renewed = await keepCertificate(folder, NAMES)
  expect(renewed.fresh).toBe(true)
  writeFileSync(join(folder, 'cert.pem'), 'not a certificate')
  expect((await keepCertificate(folder, NAMES)).fresh).toBe(true)
})
