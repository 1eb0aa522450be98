import 'server-only'
import { X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { now } from '@/lib/platform/clock'

const DAY_MS = 86_400_000
/** iPhones refuse certificates that live longer than 398 days. */
const LIFE_DAYS = 397

export interface Certificate {
  readonly key: string
  readonly cert: string
  /** Made now: every device will ask again whether it is trusted. */
  readonly fresh: boolean
}

/**
 * The certificate for these names and addresses, kept in `folder` so that a device that trusted it once is not asked again. Made anew when
 * one of them is not in it, or when it ends within a month.
 */
export async function keepCertificate(folder: string, names: readonly string[]): Promise<Certificate> {
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  if (existsSync(keyFile) && existsSync(certFile)) {
    const kept = { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8') }
    if (serves(kept.cert, names)) return { ...kept, fresh: false }
  }
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'Pulseroom on this machine' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now() - DAY_MS), // a phone's clock may be behind
    notAfterDate: new Date(now() + (LIFE_DAYS - 1) * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [...names, '*.local'].map((name) => (isIP(name) ? { type: 7 as const, ip: name } : { type: 2 as const, value: name })) },
    ],
  })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(keyFile, key, { mode: 0o600 })
  writeFileSync(certFile, cert)
  return { key, cert, fresh: true }
}

function serves(pem: string, names: readonly string[]): boolean {
  try {
    const certificate = new X509Certificate(pem)
    const lasts = Date.parse(certificate.validTo) > now() + 30 * DAY_MS
    return lasts && names.every((name) => (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)) !== undefined)
  } catch {
    return false // not a certificate any more: make one
  }
}
