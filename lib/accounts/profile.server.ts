import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'
import { emit } from '@/lib/platform/event.server'
import { KEEP_DAYS, type Profile, type ProfileChange, profileChanged } from './profile'

const YOUNGEST = 10
const INPUTS = ['birthYear', 'sex', 'weightKg', 'hrmaxBpm', 'hrrestBpm', 'effortOnly'] as const satisfies ReadonlyArray<keyof Profile>

/** What a person has said; nulls for the rest. Throws `not_found`. */
export async function getProfile(personId: string): Promise<Profile> {
  const person = await db.person.findUnique({ where: { id: personId }, include: { profile: true } })
  if (!person) throw new AppError('not_found', 'This person is not here any more.')
  const said = person.profile
  return {
    name: person.name,
    birthYear: said?.birthYear ?? null,
    sex: said?.sex ?? null,
    heightCm: said?.heightCm ?? null,
    weightKg: said?.weightKg ?? null,
    hrmaxBpm: said?.hrmaxBpm ?? null,
    hrrestBpm: said?.hrrestBpm ?? null,
    thresholdWatts: said?.thresholdWatts ?? null,
    effortOnly: said?.effortOnly ?? false,
    units: said?.units ?? 'metric',
    timezone: said?.timezone ?? null,
    keepDays: said?.keepDays ?? KEEP_DAYS,
  }
}

/** Changes what is given and nothing else; tells the summaries when a figure of theirs is among it. Throws `invalid_input`. */
export async function changeProfile(personId: string, { name, ...figures }: ProfileChange): Promise<Profile> {
  if (figures.birthYear && figures.birthYear > new Date(now()).getUTCFullYear() - YOUNGEST) {
    throw new AppError('invalid_input', 'Check the year of birth.', { birthYear: 'Check the year.' })
  }
  await db.$transaction(async (tx) => {
    if (name !== undefined) await tx.person.update({ where: { id: personId }, data: { name } })
    await tx.profile.upsert({ where: { personId }, create: { personId, ...figures }, update: figures })
  })
  if (INPUTS.some((input) => figures[input] !== undefined)) await emit(profileChanged, { personId })
  return await getProfile(personId)
}
