import { unlinked } from '@/lib/platform/one-line'

/** What is worth waking somebody for. Instants are UTC ms; `trainer` and titles are what people typed. */
export type Notice =
  | { readonly kind: 'reminder'; readonly startsAt: number }
  | { readonly kind: 'cancelled'; readonly startsAt: number; readonly note: string | null }
  /** `again`: it was cancelled, and is on after all. */
  | { readonly kind: 'moved'; readonly startsAt: number; readonly again: boolean }
  /** `heldUntil`: the class runs already, and the place goes to the next in line then. */
  | { readonly kind: 'promoted'; readonly startsAt: number; readonly heldUntil: number | null }
  | { readonly kind: 'announcement'; readonly text: string }
  | { readonly kind: 'thread'; readonly count: number; readonly names: readonly string[] }

export type About = { readonly title: string; readonly trainer: string }
/** The class's own zone, and the reader's where it is known. */
export type Zones = { readonly own: string | null; readonly ofClass: string }
export type NoticeLinks = { readonly page: string; readonly calendar: string; readonly choices: string }

const HOUR_MS = 3_600_000
const MAX_PUSH_TEXT = 180

/** "Thursday 26 November at 18:30, Berlin time": on the reader's wall clock where it is known, and always with the clock's name. */
export function timeInWords(at: number, { own, ofClass }: Zones): string {
  const timeZone = own ?? ofClass
  const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone }).format(at).replace(',', '')
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(at)
  return `${day} at ${clock}, ${(timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ')} time`
}

/** "in 55 minutes", "in an hour", "tomorrow" for what is about a day away; rounded to what a person would say. */
export function timeUntil(startsAt: number, at: number): string {
  const minutes = Math.round((startsAt - at) / 60_000)
  if (minutes < 1) return 'now'
  if (minutes < 58) return minutes === 1 ? 'in a minute' : `in ${minutes} minutes`
  const hours = Math.round((startsAt - at) / HOUR_MS)
  if (hours >= 20) return 'in a day'
  return hours === 1 ? 'in an hour' : `in ${hours} hours`
}

/** One line for a lock screen and for a mail's subject, then what follows. `at` is the time of sending. */
function say(notice: Notice, { title, trainer }: About, zones: Zones, at: number): { head: string; line: string; more: string | null } {
  switch (notice.kind) {
    case 'reminder':
      return { head: `${title} starts ${timeUntil(notice.startsAt, at)}`, line: timeInWords(notice.startsAt, zones), more: null }
    case 'cancelled':
      return { head: `${title} is cancelled`, line: `The class on ${timeInWords(notice.startsAt, zones)} does not take place.`, more: notice.note }
    case 'moved':
      return notice.again
        ? { head: `${title} takes place after all`, line: `On ${timeInWords(notice.startsAt, zones)}.`, more: null }
        : { head: `${title} has a new time`, line: `It is now on ${timeInWords(notice.startsAt, zones)}.`, more: null }
    case 'promoted': {
      const until = notice.heldUntil === null ? null : Math.max(1, Math.round((notice.heldUntil - at) / 60_000))
      const held = until === null ? null : `The class is running. Your place is kept for ${until === 1 ? 'one minute' : `${until} minutes`}.`
      return { head: `You have a place in ${title}`, line: timeInWords(notice.startsAt, zones), more: held }
    }
    case 'announcement':
      return { head: `${trainer} about ${title}`, line: notice.text, more: null }
    case 'thread': {
      const said = notice.count === 1 ? 'a message' : `${notice.count} messages`
      return { head: `${listOf(notice.names)} wrote in ${title}`, line: `There ${notice.count === 1 ? 'is' : 'are'} ${said} you have not been told of.`, more: null }
    }
  }
}

const listOf = (names: readonly string[]): string => {
  const [first = 'Somebody', second, ...rest] = names
  if (second === undefined) return first
  return rest.length === 0 ? `${first} and ${second}` : `${first}, ${second} and others`
}

/** Each line of a longer text by itself, so that a trainer's paragraphs stay and nothing in them becomes a link. */
const unlinkedLines = (text: string): string => text.split(/\r?\n/).map(unlinked).join('\n').replace(/\n{3,}/g, '\n\n').trim()

const WAY_IN: Readonly<Record<Notice['kind'], string>> = {
  reminder: 'The way in:',
  cancelled: 'What comes next is on the page of the class:',
  moved: 'If the new time does not suit you, say so on the page of the class:',
  promoted: 'The way in, or to give the place back:',
  announcement: 'The page of the class:',
  thread: 'To read it and to answer:',
}

/** The mail: plain text, one link to the class and one to change or stop such mails. Never a health value. */
export function noticeMail(notice: Notice, about: About, zones: Zones, at: number, links: NoticeLinks): { subject: string; text: string } {
  const known = { title: unlinked(about.title), trainer: unlinked(about.trainer) }
  const safe = notice.kind === 'thread' ? { ...notice, names: notice.names.map(unlinked) } : notice
  const { head, line, more } = say(safe, known, zones, at)
  const dated = notice.kind === 'reminder' || notice.kind === 'moved'
  const parts = [
    `${known.title} with ${known.trainer}`,
    notice.kind === 'announcement' ? unlinkedLines(line) : line,
    more === null ? null : unlinkedLines(more),
    `${WAY_IN[notice.kind]}\n${links.page}`,
    dated ? `For your calendar:\n${links.calendar}` : null,
    `You asked to hear about this class, or took a place in it. Change that or stop it:\n${links.choices}`,
    'Pulseroom',
  ]
  return { subject: head, text: `${parts.filter((part) => part !== null).join('\n\n')}\n` }
}

/** The same on a lock screen, where others may read it. */
export function noticePush(notice: Notice, about: About, zones: Zones, at: number): { title: string; body: string } {
  const { head, line, more } = say(notice, about, zones, at)
  const body = [line, more].filter(Boolean).join(' ').replace(/\s+/g, ' ')
  return { title: head, body: body.length > MAX_PUSH_TEXT ? `${body.slice(0, MAX_PUSH_TEXT - 1).trimEnd()}…` : body }
}

/** The first mail to an address that a guest typed asks, and does nothing else. It names nobody but the class: whoever gets it may be a stranger. */
export function confirmMail(about: About, link: string): { subject: string; text: string } {
  const title = unlinked(about.title)
  return {
    subject: `Shall we remind you of ${title}?`,
    text: [
      `Somebody, probably you, asked us to write to this address about ${title} with ${unlinked(about.trainer)}.`,
      `If that was you, confirm it here:\n${link}`,
      'If not, ignore this: nothing else is sent, and the address is forgotten after a week.',
      'Pulseroom\n',
    ].join('\n\n'),
  }
}
