import { randomCode } from '@/lib/platform/id'

/** The last part of the permanent link: the title's words, so that people know it again, and 40 unguessable bits. */
export function newSlug(title: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '')
  const code = randomCode(8).toLowerCase()
  return words === '' ? code : `${words}-${code}`
}
