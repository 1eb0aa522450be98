/** Words of the front page, the privacy page and the pages for what went wrong. */
export const frontStrings = {
  title: 'See every heart in your class.',
  lead: 'Pulseroom is a live class in the browser. You teach over video, and each member’s heart rate stands beside their face.',
  host: 'Host a class',
  hostNote: 'Free. Your members need no account and install nothing.',
  toClasses: 'Go to your classes',
  example: {
    label: 'An example of a trainer’s wall',
    caption: 'An example with invented people, drawn with the same tiles as the real wall. One strap is lost, one heart rate is private, one member says how hard it feels: the wall says so, and never shows a frozen number.',
  },
  evening: {
    title: 'A Thursday with it',
    moments: [
      { at: '18:20', title: 'You send one link', text: 'Put it in your group chat once. It is the same link every week: it opens the class that runs, or says when the next one is.' },
      { at: '18:29', title: 'They are in before the music starts', text: 'Name, camera, Join. A strap is paired inside the room, while you talk. Nobody waits at the door for you to admit them.' },
      { at: '18:41', title: 'A strap slips, and you know it is the strap', text: 'A number turns grey after 4 s and goes after 10 s, with the reason. It comes back by itself; you need not stop the class.' },
      { at: '19:15', title: 'You end the workout and go on talking', text: 'Within a minute each member has a summary in plain words, and you have who came, how long, and how hard the class was.' },
    ],
  },
  questions: {
    title: 'What trainers ask first',
    items: [
      {
        q: 'Does it work with my Zoom, Meet or Teams?',
        a: ['Yes. Paste your own link and keep your call: members get a button that opens it, and Pulseroom carries heart rates, attendance and summaries beside it. Nobody is asked for a camera twice.', 'Or hold the video here, with nothing else to open: you large for everyone, up to eight members’ cameras for you, and numbers and sound for as many as the class holds.'],
      },
      {
        q: 'My members have iPhones.',
        a: ['Video and sound work on an iPhone. Connecting a strap does not: Apple allows it in no browser there. They can use an Android phone, or a laptop with Chrome or Edge, or tap how hard it feels, 1 to 10, which stands on your wall where the heart rate would.'],
      },
      {
        q: 'Which straps?',
        a: ['Any strap that speaks the Bluetooth heart rate standard: Polar, Garmin, Wahoo, Coospo, Decathlon and others. Many watches do too, once “broadcast heart rate” is on.'],
      },
      {
        q: 'What happens to my music?',
        a: ['Say where your sound comes from. With a headset, your voice is cleaned of noise. With a speaker in the room, noise filter and automatic level are off, so that music stays music. Licences for what you play stay with you.'],
      },
      {
        q: 'What does it cost?',
        a: ['Nothing. It is a beta, free and open source under the MIT licence, and runs on your own computer with one command. There is nothing to buy in it.'],
      },
      {
        q: 'Who sees the heart rates?',
        a: ['Each member decides before the first number leaves the device: only me, the trainer and me, or everyone in the class. One tap hides it again. After class you see a member’s summary only if that member agreed.'],
      },
    ],
    privacy: 'How we treat heart rates, on one page',
  },
  closing: { title: 'Your next class could have pulses in it.', text: 'An e-mail address, a name for the class, and the link is yours.' },
} as const

export const privacyStrings = {
  title: 'Privacy, on one page',
  lead: 'Heart rate is health data. This is all that happens to it, in plain words.',
  sections: [
    {
      title: 'Who sees your heart rate while the class runs',
      text: ['You are asked before the first reading leaves your device, and nothing is chosen for you: only me, the trainer and me, or everyone in this class. With “only me” no number is sent to anybody’s screen. “Hide me” takes it away with one tap, at any time, and nobody is told why.'],
    },
    {
      title: 'What is kept',
      text: ['Nothing is stored without your yes. With it, your readings are stored second by second so that your summary is true, even when your connection breaks in between. Without it, your summary is computed on your device and stays there.'],
    },
    {
      title: 'What your trainer sees afterwards',
      text: ['That you came and how long you stayed. Your summary, if you agreed to share it; the second-by-second curve only if you said so as well. You can take both back on your summary, on your account page or in the room. Trainers never see each other’s members: who you are is known per trainer.'],
    },
    {
      title: 'Camera and microphone',
      text: ['Pictures and voices go from browser to browser, encrypted, and are not recorded. Your camera is asked for only after you chose who may see you. No microphone is opened before you press Talk.'],
    },
    {
      title: 'Without an account',
      text: ['As a guest you give a name, any name. A cookie proves to the same trainer’s classes that you are the same person, for twelve months after your last class. It follows you nowhere else. There are no advertising or analytics scripts here.'],
    },
    {
      title: 'E-mail',
      text: ['We mail the code and link you ask for, a link to your summary if you have an account or left an address, and news of the classes that you booked or asked to hear of, until you stop them. No mail ever carries a heart rate or another health value. A summary link can be taken back.'],
    },
    {
      title: 'What a number means here',
      text: ['Zones and energy are estimates for training, not a diagnosis. If you feel unwell, stop and tell your trainer. With heart medication or in pregnancy zones do not fit: use effort from 1 to 10 instead.'],
    },
    {
      title: 'Who is responsible',
      text: ['On a summary’s page you delete that recording: the seconds, the summary and its links. On your account page you download everything, or delete it with the account.', 'Whoever runs this copy of Pulseroom keeps the data and answers for it. As a guest, ask them to see, correct or delete the rest of yours; your trainer can tell you who that is.'],
    },
  ],
} as const

export const troubleStrings = {
  notFoundTitle: 'There is nothing at this address.',
  notFoundText: 'If somebody sent you this link, it may have lost its end on the way. Ask for it again.',
  failedTitle: 'This page could not be shown.',
  failedText: 'It is not your fault. Try again; if it stays, come back in a minute.',
  again: 'Try again',
  front: 'To the front page',
} as const
