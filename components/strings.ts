import { classLinkStrings, homeStrings, inviteStrings, kindNames, newClassStrings } from './strings-class'
import { frontStrings, privacyStrings, troubleStrings } from './strings-front'
import { accountStrings, signInStrings } from './strings-people'
import { roomStrings } from './strings-room'

/** Every word that the pages and components say, in English. Functions take the values. */
export const words = {
  product: 'Pulseroom',
  close: 'Close',
  cancel: 'Cancel',
  optional: 'optional',
  skipToContent: 'Skip to content',
  description: 'Live fitness classes in the browser, with every heart rate beside the face it belongs to.',
  nav: { label: 'Main', classes: 'Classes', account: 'Account', signIn: 'Sign in' },
  footer: { line: 'Pulseroom is free and open source, under the MIT licence.', privacy: 'Privacy' },
  zone: {
    unknown: 'Zone not known yet',
    below: 'Below zone 1',
    name: (zone: number) => `Zone ${zone}`,
  },
  kind: kindNames,
  front: frontStrings,
  privacy: privacyStrings,
  trouble: troubleStrings,
  signIn: signInStrings,
  account: accountStrings,
  home: homeStrings,
  newClass: newClassStrings,
  invite: inviteStrings,
  classLink: classLinkStrings,
  room: roomStrings,
} as const
