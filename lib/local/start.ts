import { resolve } from 'node:path'
import QRCode from 'qrcode'
import { type Box, openBox } from './box.server'
import { whenLauncherDies } from './process.server'
import { explainStart } from './start-trouble'
import { readStartOptions, type StartOptions } from './start-options'
import { DEMO_EMAIL } from './seed.server'
import { createTeller } from './teller'

// `npm start`: the whole product on one machine, until Ctrl-C.
const say = (text: string): void => void process.stdout.write(`${text}\n`)
process.stdout.on('error', () => {}) // whoever read us has gone; the class goes on
const stops: Array<() => Promise<unknown>> = []
let where = { dataDir: '.data', port: 3000 }
const interrupt = new AbortController()
let opening: Promise<unknown> = Promise.resolve()
let leaving: Promise<void> | undefined

/** Everything in reverse order, once; then out. Nothing may keep the process alive after it. */
function leave(code: number, words?: string): Promise<void> {
  leaving ??= (async () => {
    if (words) process.stderr.write(`\n${words}\n`)
    interrupt.abort(new Error('interrupted'))
    // What is being started must be known before it can be stopped; recovery of a large database may take its time.
    await Promise.race([opening.catch(() => {}), new Promise((done) => setTimeout(done, 60_000))])
    for (const stop of stops.reverse()) await stop().catch(() => {})
    process.exit(code)
  })()
  return leaving
}

const fail = (error: unknown): Promise<void> =>
  leave(1, explainStart(error, where) ?? `Something that nobody foresaw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)

// The terminal, npm and the script runner may each pass on the same Ctrl-C; the first one counts.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void leave(0, signal === 'SIGINT' ? 'Stopping …' : undefined))
whenLauncherDies(() => void leave(0))
process.on('uncaughtException', (error) => void fail(error))
process.on('unhandledRejection', (error) => void fail(error))

try {
  const options = readStartOptions(process.argv.slice(2), process.env)
  where = { dataDir: resolve(options.dataDir), port: options.port }
  const begin = performance.now()
  say(`Pulseroom${options.dev ? ' (with reload)' : ''}\n`)
  const started = openBox({ ...options, dataDir: where.dataDir }, createTeller(say), (stop) => stops.push(stop), interrupt.signal)
  opening = started
  const box = await started
  say(`  ready      ${((performance.now() - begin) / 1_000).toFixed(1)} s in all\n`)
  await greet(options, box)
  await fail(await box.failed)
} catch (error) {
  await fail(error)
}

async function greet(options: StartOptions, box: Box): Promise<void> {
  say(`  Open           ${box.origin}`)
  if (box.signInLink) say(`  Demo trainer   ${box.signInLink}\n                 works once, within 30 minutes`)
  say(`  Sign in later  with any address (the demo trainer's is ${DEMO_EMAIL}): the code appears here`)
  say(`  Data           ${where.dataDir}`)
  if (box.lan) {
    for (const other of box.lan.addresses.slice(1)) say(`  Also           https://${other}:${options.port}`)
    say(`\n${await QRCode.toString(box.origin, process.stdout.isTTY ? { type: 'terminal', small: true } : { type: 'utf8' })}`)
    say('  Phones and other computers in the same network: scan the code or type the address.')
    say('  Each will warn once that the certificate is not known, because it was made on this computer:')
    say('    iPhone: "Show Details", then "visit this website".  Android and Chrome: "Advanced", then "Proceed".')
    if (box.lan.freshCertificate) say('  The certificate is new: devices that came before will ask again.')
    say('  If nothing answers there, let Node through this computer\'s firewall.')
  }
  say('\n  Ctrl-C stops everything.\n')
}
