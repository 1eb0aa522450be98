import type { ReactNode } from 'react'
import type { Metadata, Viewport } from 'next'
import '@fontsource-variable/inter/opsz.css'
import './globals.css'
import { HeartProvider } from '@/components/heart-provider'
import { words } from '@/components/strings'

export const metadata: Metadata = {
  title: { default: words.product, template: `%s · ${words.product}` },
  description: words.description,
  formatDetection: { telephone: false, address: false, email: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f5f6f3' },
    { media: '(prefers-color-scheme: dark)', color: '#0f1412' },
  ],
}

// Every page is rendered per request: the CSP's nonce is new each time.
export const dynamic = 'force-dynamic'

const RootLayout = ({ children }: { children: ReactNode }) => (
  <html lang="en">
    <body>
      <a
        href="#content"
        className="sr-only z-50 rounded-control bg-accent px-4 py-3 font-semibold text-on-accent focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
      >
        {words.skipToContent}
      </a>
      <HeartProvider>{children}</HeartProvider>
    </body>
  </html>
)

export default RootLayout
