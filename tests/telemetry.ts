import { recordConsent } from '@/lib/accounts/consent.server'
import { joinClass } from '@/lib/classes/join.server'
import { db } from '@/lib/platform/db.server'
import { randomCode } from '@/lib/platform/id'
import { CHUNK_SECONDS, type Chunk, type OpenRecorder } from '@/lib/telemetry/chunk'
import { openRecorder, type RecorderOwner } from '@/lib/telemetry/open-recorder.server'
import { makeAccount, makeClass, makeGuest } from './people'

/** Classes with members and samples for tests, made the way the product makes them. */

export type Scene = { hostId: string; hostEmail: string; classId: string; startsAtMs: number }

/** A class that began `ago` seconds ago. */
export async function makeScene(ago = 0): Promise<Scene> {
  const host = await makeAccount('Mara')
  const { classId } = await makeClass(host.personId)
  const startsAt = new Date(Math.floor(Date.now() / 1000) * 1000 - ago * 1000)
  await db.liveClass.update({ where: { id: classId }, data: { startsAt, plannedEndAt: new Date(startsAt.getTime() + 3_600_000) } })
  return { hostId: host.personId, hostEmail: host.email, classId, startsAtMs: startsAt.getTime() }
}

type Choices = Parameters<typeof recordConsent>[2]
export const SHARES: Choices = { live: 'trainer', keep: true, shareSummary: 'summary' }

/** A guest who joined when the class began, and has chosen. `null`: was never asked. */
export async function makeMember(
  { hostId, classId, startsAtMs }: Scene,
  name: string,
  choices: Choices | null = SHARES,
): Promise<RecorderOwner> {
  const guest = await makeGuest(hostId, name)
  const { seat } = await joinClass(classId, { kind: 'guest', ...guest }, { name, cameraReach: 'trainer' })
  await db.participant.update({ where: { id: seat.participantId }, data: { firstSeenAt: new Date(startsAtMs) } })
  if (choices) await recordConsent(guest.personId, hostId, choices)
  return { participantId: seat.participantId, personId: guest.personId, classId, hostId }
}

export const newRun = (owner: RecorderOwner, startedAt: number, change: Partial<OpenRecorder> = {}): OpenRecorder => ({
  ...{ classId: owner.classId, participantId: owner.participantId, runId: `run_${randomCode(26)}`, label: 'Polar H10' },
  ...{ source: 'heart_rate_strap', startedAt, clockUncertaintyMs: 20 },
  ...change,
})

export const openRun = async (
  owner: RecorderOwner,
  startedAt: number,
  change: Partial<OpenRecorder> = {},
): Promise<{ recorderId: string; grant: string }> => openRecorder(owner, newRun(owner, startedAt, change))

/** One bpm a second → chunks. */
export function chunksOf(bpm: ReadonlyArray<number | null>): Chunk[] {
  return Array.from({ length: Math.ceil(bpm.length / CHUNK_SECONDS) }, (_, seq) => ({
    ...{ seq, effort: [], rr: [] },
    bpm: bpm.slice(seq * CHUNK_SECONDS, (seq + 1) * CHUNK_SECONDS),
  }))
}

export const steady = (seconds: number, bpm: number): number[] => Array.from({ length: seconds }, () => bpm)
