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

/** Minutes east of UTC on the clocks of a zone at an instant. */
export function zoneOffsetMinutes(atMs: number, timeZone: string): number {
  const named = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(atMs)
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(named.find(({ type }) => type === 'timeZoneName')?.value ?? '') ?? []
  return hours === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}
