import type { NextConfig } from 'next'

const config: NextConfig = {
  // Every page is rendered per request, behind a nonce CSP (proxy.ts); Cache Components stay off: docs/decisions/0002.
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  // Types and lint are checked by `npm run check`; a start does not check them again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['pg', 'pino', 'nodemailer', 'web-push'],
  devIndicators: false,
  // `npm run dev -- --lan`: next dev gives its own files to no other name than localhost unless told.
  allowedDevOrigins: process.env.APP_URL ? [new URL(process.env.APP_URL).hostname] : [],
}

export default config
