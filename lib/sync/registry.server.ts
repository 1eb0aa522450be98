import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { garmin } from './garmin.server'
import { googleHealth } from './google-health.server'
import { polar } from './polar.server'
import { brokenInvariants, type Provider } from './provider'
import { strava } from './strava.server'

/** The one list of adapters. A new one is a line here and a name in provider.ts. */
const ADAPTERS: readonly Provider[] = [polar, strava, googleHealth, garmin]

const broken = ADAPTERS.flatMap(brokenInvariants)
if (broken.length > 0) throw new Error(broken.join('; '))

export const providers = (): readonly Provider[] => ADAPTERS

export const findProvider = (name: string): Provider | undefined => ADAPTERS.find((provider) => provider.name === name)

/** Throws `not_found` for a name that is none, and for one whose keys this installation has not. */
export function getProvider(name: string): Provider {
  const provider = findProvider(name)
  if (!provider?.isSetUp()) throw new AppError('not_found', 'This source is not set up here. Bring its files instead: FIT, TCX or GPX.')
  return provider
}

