import type { Metadata } from 'next'
import { env } from '@/lib/platform/env.server'
import { words } from '@/components/strings'

/** What a chat shows for a link to one of our pages. Addresses are absolute, on the public origin. */
export const linkPreview = ({ title, description, path }: { title: string; description: string; path: string }): NonNullable<Metadata['openGraph']> => ({
  title,
  description,
  type: 'website',
  siteName: words.product,
  url: env().APP_URL + path,
  images: [{ url: `${env().APP_URL}/preview.png`, width: 1200, height: 630, alt: words.front.example.label }],
})
