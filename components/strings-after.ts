import { firstName } from './strings-room'

const times = (count: number): string => (count === 2 ? 'twice' : `${count} times`)

/** Words of the ten minutes after a class. No message carries a health value, and no reason judges a body. */
export const afterStrings = {
  digest: {
    title: 'Worth a word',
    text: 'At most three people, one reason each. The message is yours to change; nothing is sent from here.',
    missed: (streak: number) => `Missed today, after coming ${times(streak)} in a row`,
    first_time: 'First time here',
    left_early: (time: string) => `Left ${time} before the end`,
    changed: (counting: string, usual: string) => `${counting} where it counts, usually ${usual}. Shared with you.`,
    strap_lost: (time: string) => `No heart rate for ${time} on end`,
    message: {
      missed: (name: string, title: string, url: string) =>
        `Hi ${firstName(name)}, we missed you in ${title}. Hope all is well. The same link opens the next one: ${url}`,
      first_time: (name: string, title: string, url: string) =>
        `Hi ${firstName(name)}, good to have you in ${title} for the first time. How was it for you? The same link opens the next one: ${url}`,
      left_early: (name: string, title: string, url: string) =>
        `Hi ${firstName(name)}, I saw you had to go early from ${title}. Everything all right? The same link opens the next one: ${url}`,
      changed: (name: string, title: string, url: string) => `Hi ${firstName(name)}, how did ${title} feel for you today? The same link opens the next one: ${url}`,
      strap_lost: (name: string, title: string, url: string) =>
        `Hi ${firstName(name)}, your strap went quiet for a while in ${title}. Wet pads and a fresh battery usually help. The same link opens the next one: ${url}`,
    },
    copy: 'Copy message',
    copyFor: (name: string) => `Copy the message for ${name}`,
    copied: 'Copied',
    copyFailed: 'This browser does not copy by itself. Select the text.',
    whatsapp: 'WhatsApp',
    whatsappFor: (name: string) => `Open WhatsApp with the message for ${name}`,
  },
  people: {
    title: 'Who came',
    came: 'came',
    late: (time: string) => `${time} late`,
    missed: 'Missed',
    missedText: 'Regulars who were not there. A regular was in at least two of the last six classes.',
    missedRow: (streak: number) => (streak >= 2 ? `had come ${times(streak)} in a row` : 'a regular'),
    firstTime: 'first time',
    removed: 'removed by you',
    paid: 'Paid',
    paidFor: (name: string) => `${name} has paid`,
    download: 'Download the list (CSV)',
    downloadText: 'Names, minutes, who paid. No heart rates.',
  },
  pay: { title: 'Your pay link', copy: 'Copy pay link' },
  alike: {
    title: 'One person, two names?',
    text: 'Guests with like names. Join them only when you know that they are one.',
    pair: (keep: string, merge: string) => `${merge} and ${keep}`,
    classes: (count: number) => (count === 1 ? '1 class' : `${count} classes`),
    join: 'Join them',
    joinNamed: (keep: string, merge: string) => `Join ${merge} and ${keep}`,
    question: (keep: string, merge: string) => `Are ${merge} and ${keep} one person?`,
    goes: (keep: string, merge: string) =>
      `Every class of ${merge} becomes ${keep}’s, and the browser that joined as ${merge} is asked for a name again. Nobody with heart rates or figures of their own ` +
      'is joined like this: they do it themselves, with an account. There is no way back.',
    yes: 'Yes, join them',
  },
  cost: {
    title: 'What this class cost',
    value: (messages: number) => `${messages.toLocaleString('en')} ${messages === 1 ? 'message' : 'messages'}`,
    text: 'The live connection is billed by the message: each one sent, each screen that received it, and everybody coming or going. Heart rates that travel beside the video cost none.',
  },
} as const
