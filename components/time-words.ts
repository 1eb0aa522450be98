const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** A number and its unit stay on one line. */
const NBSP = '\u00a0'

const clock = (at: number, timeZone: string) => new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(at)
const day = (at: number, timeZone: string) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(at)
const weekday = (at: number, timeZone: string) => new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone }).format(at)
const date = (at: number, timeZone: string) => new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone }).format(at).replace(',', '')

const span = (ms: number): string => {
  const minutes = Math.round(ms / MINUTE)
  if (minutes < 60) return `${minutes}${NBSP}min`
  const hours = Math.floor(minutes / 60)
  return hours < 5 && minutes % 60 !== 0 ? `${hours}${NBSP}h ${minutes % 60}${NBSP}min` : `${Math.round(minutes / 60)}${NBSP}h`
}

/** "Today 18:30", "Tomorrow 07:00", "Thu 18:30" within a week, else "Thu 26 Nov, 18:30"; on the wall clock of `timeZone`. */
export const dayAndTime = (at: number, now: number, timeZone: string): string => {
  const time = clock(at, timeZone)
  const on = day(at, timeZone)
  if (on === day(now, timeZone)) return `Today ${time}`
  if (on === day(now + DAY, timeZone)) return `Tomorrow ${time}`
  if (on === day(now - DAY, timeZone)) return `Yesterday ${time}`
  return at > now && at - now < 6 * DAY ? `${weekday(at, timeZone)} ${time}` : `${date(at, timeZone)}, ${time}`
}

/** The day alone: "Today", "Tomorrow", else "Thu 26 Nov". */
export const dayWords = (at: number, now: number, timeZone: string): string => {
  const on = day(at, timeZone)
  if (on === day(now, timeZone)) return 'Today'
  return on === day(now + DAY, timeZone) ? 'Tomorrow' : date(at, timeZone)
}

/** With the year: what is old says how old. "Fri 16 Aug 2013, 18:05" */
export const fullDateAndTime = (at: number, timeZone: string): string =>
  `${date(at, timeZone)} ${new Intl.DateTimeFormat('en-GB', { year: 'numeric', timeZone }).format(at)}, ${clock(at, timeZone)}`

/** Always with its date: "Thu 26 Nov, 18:30". */
export const dateAndTime = (at: number, timeZone: string): string => `${date(at, timeZone)}, ${clock(at, timeZone)}`

/** "18:30" */
export const clockWords = clock

/** The same with how far away it is, while that is under a day: "Today 18:30, in 2 h". */
export const whenWords = (at: number, now: number, timeZone: string): string => {
  const away = at - now
  const when = dayAndTime(at, now, timeZone)
  if (Math.abs(away) >= DAY) return when
  if (Math.abs(away) < MINUTE) return `${when}, now`
  return away > 0 ? `${when}, in${NBSP}${span(away)}` : `${when}, ${span(-away)}${NBSP}ago`
}

/** "Berlin time" for Europe/Berlin: said where the reader's own clock is not known. */
export const zoneWords = (timeZone: string): string => `${(timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ')} time`
