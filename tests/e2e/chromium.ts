import { existsSync } from 'node:fs'
import { chromium as playwright } from '@playwright/test'
import sparticuz from '@sparticuz/chromium'

const NSS = ['/usr/lib/x86_64-linux-gnu/libnss3.so', '/usr/lib64/libnss3.so', '/usr/lib/libnss3.so']

/**
 * A real Chromium: the one named by CHROMIUM, the machine's, Playwright's own, or the one that an npm package ships. The last needs
 * nothing installed and brings its own libraries where the machine lacks them.
 */
export async function findChromium(): Promise<string> {
  const candidates = [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    playwright.executablePath(),
  ]
  const found = candidates.find((path) => path && existsSync(path))
  if (found) return found
  // The shipped browser unpacks its own NSS libraries only when told that the machine has none.
  if (!NSS.some(existsSync)) process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x'
  return sparticuz.executablePath()
}

export const CHROMIUM_ARGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
  '--enable-blink-features=WebBluetooth',
  // A name that is neither localhost nor an address, for the promises about secure contexts.
  '--host-resolver-rules=MAP studio.test 127.0.0.1',
]
