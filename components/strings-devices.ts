/** Words of second screens, televisions, the remote and the spotlight. */
import type { Need } from '@/lib/room/attention'

const plainCode = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`

export const deviceStrings = {
  code: plainCode,
  codeLabel: 'Code',
  /** In the empty field: what a code looks like. */
  example: 'AB2 3CD',
  codeLives: 'Good once, for ten minutes.',
  another: 'Another code',
  making: 'Making a code…',

  bigger: {
    title: 'Use a bigger screen',
    hint: 'Watch on a laptop, keep the strap on this phone',
    open: 'On the laptop, open',
    type: 'and type',
    after: 'Picture and sound move there. This phone stays your strap and your remote.',
  },
  sensor: {
    title: 'Use my phone for heart rate',
    hint: 'Watch here, wear the strap with the phone',
    lead: 'Scan this with the phone that has your strap.',
    after: 'You stay one person in the class: one tile, one place.',
    qr: 'Link for the phone, as a QR code',
    orOpen: (address: string) => `Or open ${address} on the phone and type`,
  },

  go: {
    pageTitle: 'Connect this screen',
    title: 'Connect this screen',
    lead: 'Type the code that your other device shows.',
    code: 'Code',
    connect: 'Connect',
    short: 'The code has six letters and digits.',
  },

  wear: {
    title: 'Your strap and remote',
    elsewhere: 'Picture and sound are on your other screen.',
    gone: 'Your other screen is gone. Show the class here?',
    here: 'Show the class here',
    effort: 'How hard is it?',
    overTitle: 'The class is over.',
    over: 'Your summary is on the device that you joined with.',
    hostSilent: 'Your other screen has the sound and the picture of you.',
  },

  tvPanel: {
    title: 'Connect a TV',
    hint: 'The wall on any television with a browser',
    open: 'On the TV, open',
    type: 'Then type the code that it shows.',
    code: 'Code on the TV',
    audience: 'What will it show?',
    trainer: 'Everything that you see',
    trainerHint: 'Trainer-only numbers will be on this screen.',
    class: 'Only what the class may see',
    classHint: 'Only people who share with everyone.',
    connect: 'Show the wall on the TV',
    connected: 'The TV shows the wall now. Disconnect it in your account, or it ends with the class.',
    manage: 'Connected screens',
  },
  tv: {
    pageTitle: 'Pulseroom on this TV',
    title: 'Put the wall on this screen',
    step: 'In your class, choose More, then Connect a TV, and type',
    qr: 'Or scan this with your phone',
    qrLabel: 'Link for the trainer’s phone, as a QR code',
    waiting: 'Waiting for the trainer…',
    failed: 'No connection. Trying again…',
    endedTitle: 'This screen was disconnected.',
    endedText: 'The class is over, or the trainer has taken the wall away.',
    again: 'Connect again',
    first: 'Waiting for the trainer’s screen…',
    stale: (seconds: number) => `Nothing new for ${seconds} s. These numbers are old.`,
    lost: 'The trainer’s screen does not answer. No number here is true now.',
    nobody: 'Nobody is in the class yet.',
    nobodyShares: 'Nobody shares a heart rate with the class.',
    trainerOnly: 'Trainer’s numbers',
    classToo: 'For the class',
    label: 'The class',
  },
  approve: {
    pageTitle: 'Connect a TV',
    title: 'Connect a TV',
    which: 'To which class?',
    none: 'None of your classes is open now. Open one, then scan the code again.',
    toClasses: 'Your classes',
  },

  remotePanel: { title: 'Phone as remote', hint: 'Pause, next, +20 s and who needs you, in your hand', lead: 'Scan this with your phone.', qr: 'Link for the remote, as a QR code' },
  remote: {
    pageTitle: 'Remote',
    title: 'Remote',
    label: 'Remote control',
    pause: 'Pause',
    resume: 'Go on',
    start: 'Start',
    next: 'Next',
    plus: '+20 s',
    soundOn: 'Sound on',
    soundOff: 'Sound off',
    mute: 'Mute all',
    muted: 'Muted',
    spotlight: 'Spotlight',
    spotlightOff: 'End spotlight',
    whom: 'Whom to look at',
    attention: 'Who needs you',
    calm: 'Everybody is fine.',
    noPlan: 'No timer in this class',
    finished: 'The plan is done',
    failed: 'That did not arrive. Press again.',
    lost: 'Your wall does not answer. The buttons still work.',
    none: 'Nobody to look at yet.',
  },
  need: (need: Need): string => {
    switch (need.need) {
      case 'max':
        return `${Math.round(need.percentOfMax)} % of own maximum`
      case 'hand':
        return 'Hand up'
      case 'effort':
        return `Effort ${need.effort} of 10`
      case 'contact':
        return 'Strap has no contact'
      case 'away':
        return 'Reconnecting: nothing for you to do'
      case 'strap':
        return 'Strap reconnecting: nothing for you to do'
    }
  },
  spotlight: {
    on: (name: string) => `Look at ${name}`,
    off: 'End the spotlight',
    large: 'In the spotlight',
    you: 'The trainer looks at you now.',
    youForAll: 'You are in the spotlight: your picture is large for everybody now.',
  },
} as const
