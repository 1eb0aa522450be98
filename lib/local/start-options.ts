import { AppError } from '@/lib/platform/app-error'

export interface StartOptions {
  readonly port: number
  /** Where everything that is kept lies; relative paths are the caller's to resolve. */
  readonly dataDir: string
  /** With reload. */
  readonly dev: boolean
  /** https on every interface. */
  readonly lan: boolean
  /** The https origin of the person's own TLS or tunnel. */
  readonly url?: string
}

const USAGE = 'Use: npm start -- [--lan] [--url https://your.address], with PORT and PULSEROOM_DATA from the environment.'

/** @throws AppError naming the word or the value that cannot be used. */
export function readStartOptions(words: readonly string[], environment: Readonly<Record<string, string | undefined>>): StartOptions {
  const found: { dev: boolean; lan: boolean; url?: string } = { dev: false, lan: false }
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    if (word === '--dev') found.dev = true
    else if (word === '--lan') found.lan = true
    else if (word === '--url') found.url = readOrigin(words[++i] ?? '')
    else if (word.startsWith('--url=')) found.url = readOrigin(word.slice('--url='.length))
    else throw new AppError('invalid_input', `"${word}" is not an option. ${USAGE}`)
  }
  return { ...found, port: readPort(environment.PORT || '3000'), dataDir: environment.PULSEROOM_DATA || '.data' }
}

function readPort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) throw new AppError('invalid_input', `PORT=${text} is no port: choose a number from 1 to 65535.`)
  return port
}

/** Browsers give camera and Bluetooth to https only, so nothing else is of use here. */
function readOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:') throw new AppError('invalid_input', `--url needs an address that starts with https:// (not "${text}"). ${USAGE}`)
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') throw new AppError('invalid_input', `--url takes an origin without a path: use ${url.origin}.`)
  return url.origin
}
