import type { ProviderName } from '@/lib/sync/provider'
import { connectionStrings as say } from './strings-connections'

type Brand = {
  readonly connect: string
  readonly button: string
  readonly credit: string
  /** The link back that stands wherever an activity from there is shown. */
  readonly original: { readonly words: string; readonly url: (externalId: string) => string }
}

/** What a provider prescribes: the words and colours of the button that leads to it, the credit and the link where its data is. */
const BRANDS: { readonly [name in ProviderName]?: Brand } = {
  // developers.strava.com/guidelines: the words, and #FC5200; dark words on it, because white is too faint to read (3.2 : 1).
  strava: {
    connect: say.connectStrava,
    button: 'bg-[#FC5200]! text-black! hover:brightness-95',
    credit: say.poweredByStrava,
    original: { words: say.viewOnStrava, url: (externalId) => `https://www.strava.com/activities/${encodeURIComponent(externalId)}` },
  },
}
export const brandOf = (name: ProviderName): Brand | undefined => BRANDS[name]
