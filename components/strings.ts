import { classLinkStrings, homeStrings, inviteStrings, kindNames, newClassStrings } from './strings-class'
import { frontStrings, privacyStrings, troubleStrings } from './strings-front'
import { accountStrings, signInStrings } from './strings-people'

/**
 * The catalogue, in English; functions take the values. Every word that a page says stands in one of the `strings-*.ts` beside this
 * file. Those of the room, the heart and the summaries are imported where they are said, so that the front page does not carry them.
 */
export const words = {
  product: 'Pulseroom',
  close: 'Close',
  skipToContent: 'Skip to content',
  description: 'Live fitness classes in the browser, with every heart rate beside the face it belongs to.',
  nav: { label: 'Main', classes: 'Classes', history: 'History', account: 'Account', signIn: 'Sign in' },
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
} as const
