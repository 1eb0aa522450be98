import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { db } from '@/lib/platform/db.server'
import type { ConsentChoices } from './consent'
import { findConsents } from './consent.server'

export type ConsentGiven = { readonly trainerId: string; readonly trainerName: string; readonly choices: ConsentChoices }

/** What a person has agreed to, trainer by trainer, as it counts now. */
export async function listConsentsGiven(personId: string): Promise<ConsentGiven[]> {
  const trainers = await db.person.findMany({ where: { consentsTo: { some: { personId } } }, select: { id: true, name: true }, orderBy: { name: 'asc' } })
  const given = await Promise.all(trainers.map(async ({ id, name }) => ({ trainerId: id, trainerName: name, choices: await findConsents(personId, id) })))
  return given.flatMap(({ choices, ...trainer }) => (choices ? [{ ...trainer, choices }] : []))
}

/** Only an answer that was given before can be changed. Throws `not_found` towards a trainer who never asked. */
export async function requireAsked(personId: string, trainerId: string): Promise<void> {
  if (!(await findConsents(personId, trainerId))) throw new AppError('not_found', 'This trainer has not asked you yet. You are asked in the class.')
}
