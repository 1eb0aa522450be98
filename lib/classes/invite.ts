/** "Thu 18:30" on the trainer's wall clock. */
export const localTime = (at: number, timezone: string): string =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: timezone }).format(at).replace(',', '')

/** The title of a shared link's preview: "Morning Burn with Mara, Thu 18:30"; without a class to come, without a time. */
export function linkTitle(of: { title: string; hostName: string; startsAt: number | null; timezone: string }): string {
  const who = `${of.title} with ${of.hostName}`
  return of.startsAt === null ? who : `${who}, ${localTime(of.startsAt, of.timezone)}`
}

export const STRAPS_AND_IPHONES =
  'No account, nothing to install. A heart-rate strap connects in Chrome or Edge on Android and computers; ' +
  'on an iPhone you can join, see and be seen, and tap how hard it feels.'

/** One message for a group chat. The line on straps stands here, because it must be read before anybody buys one. */
export function inviteMessage(of: { title: string; hostName: string; startsAt: number | null; timezone: string; url: string }): string {
  return [
    linkTitle(of),
    `Join here, every time: ${of.url}`,
    STRAPS_AND_IPHONES,
  ].join('\n')
}

/** Opens WhatsApp with the message written; the person chooses whom it goes to. */
export const whatsAppUrl = (message: string): string => `https://wa.me/?text=${encodeURIComponent(message)}`
