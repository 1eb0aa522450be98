import type { ProviderName } from '@/lib/sync/provider'
import { connectionStrings as say } from './strings-connections'

/** What a provider prescribes: the words and colours of the button that leads to it, and the credit where its data is. */
const BRANDS: { readonly [name in ProviderName]?: { readonly connect: string; readonly button: string; readonly credit: string } } = {
  // developers.strava.com/guidelines: the words, and #FC5200; dark words on it, because white is too faint to read (3.2 : 1).
  strava: { connect: say.connectStrava, button: 'bg-[#FC5200]! text-black! hover:brightness-95', credit: say.poweredByStrava },
}
export const brandOf = (name: ProviderName) => BRANDS[name]
