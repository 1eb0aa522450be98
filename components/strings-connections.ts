import type { ConnectionProblem, ConnectOutcome } from '@/lib/sync/connection'
import type { ProviderName, Purpose } from '@/lib/sync/provider'

const NAMES: Readonly<Record<ProviderName, string>> = { polar: 'Polar', strava: 'Strava', google_health: 'Google Health (Fitbit)', garmin: 'Garmin' }
const some = (count: number, one: string, more = `${one}s`): string => `${count} ${count === 1 ? one : more}`
const days = (count: number): string => some(count, 'day')
const trainings = (count: number): string => some(count, 'training')

/** Words of the page of connections. */
export const connectionStrings = {
  title: 'Your connections',
  lead: 'Where your training may come from, and what happens to it here. Nothing is read before you say yes there.',
  back: 'Account',
  accountLead: 'Bring your training from Polar, Strava and others, and see what is connected.',
  open: 'Connections',
  history: 'Your training history',
  name: (provider: ProviderName) => NAMES[provider],

  state: { active: 'Connected', needs_reconnect: 'Connect again', ending: 'Ending', ended: 'Not connected', none: 'Not connected', off: 'Not set up here' },
  off: (name: string) => `${name} is not set up on this installation. Bring its files instead: every watch’s own site gives them as FIT, TCX or GPX.`,
  asks: 'What for',
  purpose: {
    import: (name: string) => `Bring my trainings from ${name}`,
    upload: (name: string) => `Send my class recordings to ${name}, when I tap “Send”`,
  } satisfies Record<Purpose, (name: string) => string>,
  read: { import: 'Heart rate, power, route and laps of each training, its sport and its title. No sleep, no weight, no contacts.', upload: 'Only what Pulseroom itself recorded, one class at a time.' } satisfies Record<Purpose, string>,
  reach: {
    ownerOnly: (name: string, count: number) => `Only you ever see it: not your trainer, no board, no export for others. ${name} lends it for ${days(count)}; then it goes, unless you look again.`,
    shareable: 'Yours alone, until you show your history to a trainer; that you decide for each trainer, and can take back.',
  },
  shared: {
    title: 'Who else sees it',
    never: (name: string) => `Nobody, whatever you share: ${name} forbids it.`,
    nobody: 'Nobody. You have shown your history to no trainer.',
    since: 'since',
    change: 'Change or take back',
  },
  raw: (count: number) => `What arrives is kept as it came for ${days(count)}, sealed, for repair.`,
  before: {
    none: (name: string) => `${name} hands over what you upload there from now on. Bring older ones as files.`,
    ownerOnly: (count: number) => `You see the last ${days(count)}.`,
    some: (count: number) => `Up to ${days(count)} of before can be fetched once you are connected.`,
  },
  connect: (name: string) => `Connect ${name}`,
  connectStrava: 'Connect with Strava',
  connectAgain: (name: string) => `Connect ${name} again`,
  poweredByStrava: 'Powered by Strava',
  viewOnStrava: 'View on Strava',

  since: 'Connected since',
  looked: 'Last looked',
  never: 'not yet; it begins in a moment',
  here: 'Here now',
  count: trainings,
  may: 'You allowed',
  may_: { import: 'bringing trainings', upload: 'sending class recordings' } satisfies Record<Purpose, string>,
  look: 'Look now',
  looking: 'Looking. What is new appears in your history.',
  past: (count: number) => `Fetch the last ${days(count)}`,
  pastProgress: (percent: number, found: number) => `Fetching what was before: ${percent} %, ${trainings(found)} so far`,
  pastWaiting: 'It is answering slowly; this goes on by itself.',
  pastAsked: 'Asked for. It is sent over the next hours, newest first.',
  pastDone: (found: number) => (found === 0 ? 'Nothing new from before.' : `${trainings(found)} from before.`),
  problem: {
    reconnect: (name: string) => `${name} does not let us in any more. Connect again: nothing that is here is lost, and reading goes on where it stopped.`,
    consent_missing: (name: string) => `In your settings at ${name} a consent is switched off that we need. Switch it on there, then look again.`,
    limited: (name: string) => `${name} has answered as often as it will for now. It goes on by itself.`,
    away: (name: string) => `${name} does not answer just now. We keep asking.`,
    nonsense: (name: string) => `${name} answered something that we do not understand. We ask again in some hours.`,
  } satisfies Record<ConnectionProblem, (name: string) => string>,

  disconnect: (name: string) => `Disconnect ${name}`,
  question: (name: string) => `Disconnect ${name}?`,
  ends: (name: string) => `Our access at ${name} ends at once, and our keys to it are deleted.`,
  what: 'And what came from it?',
  keep: (count: number) => `Keep the ${trainings(count)} in my history`,
  keepHint: 'Our sealed copies of what arrived go all the same.',
  erase: 'Delete all of it here',
  eraseHint: 'With a certificate that says so. It stays where it came from.',
  ownerOnlyGoes: (name: string) => `Everything from ${name} is deleted here now, as ${name} asks of every app. You get a certificate.`,
  yes: 'Disconnect',
  cancel: 'Stay connected',
  endingText: (name: string) => `Nothing is read any more. ${name} has not confirmed yet; we keep asking, and then delete our keys.`,
  certificate: (id: string, counts: Readonly<Record<string, number>>) =>
    `Everything is deleted: ${trainings(counts.activities ?? 0)}, ${some(counts.payloads ?? 0, 'raw copy', 'raw copies')}, ${some(counts.webhooks ?? 0, 'message')}. Certificate ${id},`,
  certificateOpen: 'Its data is being deleted.',

  outcome: {
    connected: (name: string) => `${name} is connected. What is there appears in your history in a moment.`,
    denied: (name: string) => `You said no at ${name}. Nothing was connected.`,
    expired: () => 'That took longer than ten minutes, or was opened twice. Begin again.',
    other_account: (name: string) => `That is another ${name} account than the one that is connected. Disconnect that one first.`,
    taken: (name: string) => `This ${name} account is connected to somebody else here. Disconnect it there first.`,
    nothing_granted: (name: string) => `At ${name} nothing was ticked, so nothing was connected. Try again and tick what you want.`,
    consent_missing: (name: string) => `Your settings at ${name} do not allow it. Switch on the consents there, then try again.`,
    away: (name: string) => `${name} did not answer. Try again in a few minutes.`,
    sign_in: () => 'Sign in first.',
  } satisfies Record<ConnectOutcome, (name: string) => string>,
} as const
