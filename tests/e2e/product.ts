import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The product as a stranger starts it: the README's own command, on a free port, with an empty data folder. */
export type Product = { url: string; port: number; dataDir: string; output(): string; stop(): Promise<void> }

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}

export async function startProduct(args: readonly string[] = []): Promise<Product> {
  const port = await freePort()
  const dataDir = mkdtempSync(join(tmpdir(), 'pulseroom-e2e-'))
  // A folder that others cannot enter would send PostgreSQL's files elsewhere when the tests run as root.
  chmodSync(dataDir, 0o711)
  // The test runner's own NODE_ENV would reach Next.
  const environment: NodeJS.ProcessEnv = { ...process.env, PORT: String(port), PULSEROOM_DATA: dataDir }
  Reflect.deleteProperty(environment, 'NODE_ENV')
  const child: ChildProcess = spawn('npm', ['start', '--silent', ...(args.length > 0 ? ['--', ...args] : [])], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  const scheme = args.includes('--lan') ? 'https' : 'http'
  const url = `${scheme}://localhost:${port}`
  const stop = async (): Promise<void> => {
    if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGINT')
    await ended
    rmSync(dataDir, { recursive: true, force: true })
  }
  // Ready is what the product itself says, when the sign-in link of the demo trainer is printed.
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready in time:\n${output}`)), 300_000)
    const look = (): void => {
      if (!/\/sign-in\/confirm/.test(output)) return
      clearTimeout(timer)
      resolve()
    }
    child.stdout?.on('data', look)
    child.on('exit', (code) => reject(new Error(`the start ended with ${code}:\n${output}`)))
  })
  return { url, port, dataDir, output: () => output, stop }
}

/** The newest mail to this address, from the catcher's folder; waits until there is one. */
export async function newestMail(dataDir: string, to: string, after = 0): Promise<string> {
  const folder = join(dataDir, 'mail')
  for (let attempt = 0; attempt < 200; attempt++) {
    const mails = (() => {
      try {
        return readdirSync(folder).filter((name) => name.endsWith('.eml')).sort()
      } catch {
        return []
      }
    })()
    const matching = mails.map((name) => readFileSync(join(folder, name), 'utf8')).filter((text) => text.toLowerCase().includes(`to: ${to}`))
    const newest = matching.at(-1)
    if (newest && matching.length > after) return newest.replace(/=\r?\n/g, '').replace(/=3D/g, '=')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`no mail to ${to}`)
}
