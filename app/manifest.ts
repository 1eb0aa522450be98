import type { MetadataRoute } from 'next'
import { words } from '@/components/strings'

/**
 * An iPhone is woken only through an icon on its home screen. Without a `start_url` the icon opens the page it was added on: the permanent
 * link.
 */
const manifest = (): MetadataRoute.Manifest => ({
  name: words.product,
  short_name: words.product,
  description: words.description,
  display: 'standalone',
  background_color: '#f5f6f3',
  theme_color: '#0a5f49',
  icons: [
    { src: '/home-192.png', sizes: '192x192', type: 'image/png' },
    { src: '/home-512.png', sizes: '512x512', type: 'image/png' },
  ],
})

export default manifest
