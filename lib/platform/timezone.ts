import { z } from 'zod'

/** An IANA name that this machine knows, such as `Europe/Lisbon`. */
export const Timezone = z.string().max(60).refine(isTimezone, 'Choose a time zone from the list.')

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
