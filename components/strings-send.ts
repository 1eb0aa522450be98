import type { SendingProblem } from '@/lib/sync/sending'

/** Words of sending one's own record of a class on. */
export const sendStrings = {
  title: (name: string) => `Send to ${name}`,
  what: 'Your own record of this class, as a FIT file with every second. Who sees it there is what your settings there say.',
  connectFirst: (name: string) => `Connect ${name} first, to send there. Nothing is read from it for that.`,
  reconnect: (name: string) => `${name} does not let us in any more. Connect again, then send.`,
  allow: (name: string) => `You have not allowed sending to ${name}. Connect again and leave it ticked there.`,
  thereToo: (name: string) => `${name} has a recording of this training already, from another device. Sending adds this one beside it.`,
  send: (name: string) => `Send to ${name}`,
  again: 'Try again',
  sending: (name: string) => `On its way to ${name}. You may leave this page.`,
  waiting: {
    limited: (name: string) => `${name} takes nothing more from us for now. It is tried again by itself:`,
    away: (name: string) => `${name} does not answer just now. It is tried again by itself:`,
  },
  sent: (name: string) => `Sent to ${name}:`,
  duplicate: (name: string) => `${name} had this training already, so nothing was added.`,
  view: (name: string) => `View at ${name}`,
  refused: (name: string) => `Not sent to ${name}`,
  problem: {
    limited: (name: string) => `For a day ${name} took nothing more from us. Try again.`,
    away: (name: string) => `${name} did not answer for a day. Try again.`,
    reconnect: (name: string) => `${name} does not let us in any more. Connect again, then send.`,
    not_allowed: (name: string) => `${name} says that you have not allowed it. Connect again and leave sending ticked there.`,
    unreadable: (name: string) => `${name} could not use the file. Download it as FIT on the page of this activity, and bring it there by hand.`,
    unclear: (name: string) => `${name} answered something that we do not understand. Look there first; trying again adds nothing twice.`,
    no_samples: () => 'Its seconds are not kept any longer, as you wanted it, so there is nothing to send.',
  } satisfies Record<SendingProblem, (name: string) => string>,
} as const
