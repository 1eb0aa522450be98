import type { NextConfig } from 'next'

const config: NextConfig = {
  // Every page is rendered per request, behind a nonce CSP (proxy.ts); Cache Components stay off: docs/decisions/0002.
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  // Types and lint are checked by `npm run check`; a start does not check them again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['pg', 'pino', 'nodemailer'],
  devIndicators: false,
}

export default config
