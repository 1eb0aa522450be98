import 'server-only'
import { createECDH, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '@/lib/platform/app-error'

const hex = (bytes: number) => z.string().min(bytes * 2).default(() => randomBytes(bytes).toString('hex'))
/** The key pair of web push (RFC 8292), as browsers and push services want it. */
const pushKeys = z.object({ publicKey: z.string().length(87), privateKey: z.string().length(43) }).default(() => {
  const pair = createECDH('prime256v1')
  const publicKey = pair.generateKeys('base64url')
  return { publicKey, privateKey: Buffer.from(pair.getPrivateKey('hex').padStart(64, '0'), 'hex').toString('base64url') }
})
const Secrets = z.object({
  app: hex(32),
  seal: hex(32),
  session: hex(32),
  realtimeKey: hex(10),
  realtime: hex(32),
  redis: hex(32),
  jobEvents: hex(16),
  jobSigning: hex(32),
  push: pushKeys,
})
export type Secrets = z.infer<typeof Secrets>

/** Made once and kept, so that people stay signed in across restarts; a kind of secret that is new joins the others. */
export function keepSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json')
  const kept = existsSync(file) ? Secrets.safeParse(parse(readFileSync(file, 'utf8'))) : Secrets.safeParse({})
  if (!kept.success) {
    throw new AppError('unavailable', `${file} is damaged: put it back from a copy, or delete it; then everybody has to sign in again.`)
  }
  writeFileSync(`${file}.new`, JSON.stringify(kept.data, null, 2), { mode: 0o600 })
  renameSync(`${file}.new`, file) // a full disk must not leave half a file
  return kept.data
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
