import 'server-only'
import { timingSafeEqual } from 'node:crypto'

/** Whether two secrets are equal, without telling by its time how far they agree. */
export function equalInConstantTime(left: string, right: string): boolean {
  const a = Buffer.from(left)
  const b = Buffer.from(right)
  return a.length === b.length && timingSafeEqual(a, b)
}
