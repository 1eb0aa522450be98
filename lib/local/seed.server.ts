import 'server-only'
import { createSignInLink } from '@/lib/accounts/challenge.server'
import { weeklyRule } from '@/lib/classes/rule'
import { NewSeries } from '@/lib/classes/series'
import { createSeries } from '@/lib/classes/series.server'
import { newSlug } from '@/lib/classes/slug'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'

export const DEMO_EMAIL = 'demo@pulseroom.example'

/** A trainer with a class to start by hand and one that repeats, so that there is something to look at; nothing when the address is known already. */
export async function seedDemoTrainer(): Promise<void> {
  if (await db.emailCredential.findUnique({ where: { email: DEMO_EMAIL } })) return
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const title = 'Morning intervals'
  const personId = newId('per')
  await db.person.create({
    data: {
      id: personId,
      name: 'Demo Trainer',
      credential: { create: { email: DEMO_EMAIL, verifiedAt: new Date(now()) } },
      profile: { create: { birthYear: 1990, sex: 'female', heightCm: 170, weightKg: 64, hrrestBpm: 52, timezone } },
      series: { create: { id: newId('ser'), slug: newSlug(title), title, kind: 'hiit', durationMin: 45, capacity: 12, heartRateReach: 'everyone', timezone } },
    },
  })
  const schedule = { startsOn: new Date(now()).toISOString().slice(0, 10), localStart: '18:30', rule: weeklyRule({ days: ['TU', 'TH'] }) }
  await createSeries(personId, NewSeries.parse({ title: 'Evening strength', kind: 'strength', timezone, schedule }))
}

/** Signs the demo trainer in, once; undefined after too many starts within an hour. */
export async function demoSignInLink(): Promise<string | undefined> {
  try {
    return await createSignInLink({ email: DEMO_EMAIL, returnTo: '/home' })
  } catch (error) {
    if (error instanceof AppError && error.code === 'too_many_requests') return undefined
    throw error
  }
}
