import 'server-only'
import { completeInputs, inputsOf } from '@/lib/accounts/figure-inputs'
import { getProfile } from '@/lib/accounts/profile.server'
import type { Recording } from '@/lib/formats/recording'
import type { Db } from '@/lib/platform/db.server'
import { ActivityFigures, type ActivityInputs } from './activity'
import { activityFigures, elapsedSecondsOf } from './activity-figures'
import { packRecording } from './packed-recording'

/** What both tables keep of a recording. */
export type RecordingRow = Awaited<ReturnType<typeof recordingRow>>

export async function recordingRow(recording: Recording) {
  const { sport, sourceSport, device, startedAt, zoneOffsetMinutes, problems } = recording
  return {
    ...{ sport, sourceSport, device, startedAt: new Date(startedAt), zoneOffsetMinutes, problems: [...problems] },
    elapsedSeconds: elapsedSecondsOf(recording),
    recording: await packRecording(recording),
  }
}

/** The profile as it counts for an activity of that day; what an activity was computed with before does not change, only fills. */
export async function inputsFor(personId: string, startedAt: number, keptFigures: unknown): Promise<ActivityInputs> {
  const profile = await getProfile(personId)
  const today: ActivityInputs = { ...inputsOf(profile, startedAt), thresholdWatts: profile.thresholdWatts }
  const kept = ActivityFigures.safeParse(keptFigures).data?.inputs
  return kept ? { ...completeInputs(kept, today), thresholdWatts: kept.thresholdWatts ?? today.thresholdWatts } : today
}

export const figuresOf = async (personId: string, recording: Recording, keptFigures: unknown): Promise<ActivityFigures> =>
  activityFigures(recording, await inputsFor(personId, recording.startedAt, keptFigures))

/** One change of a person's history at a time, until the transaction ends: what is a duplicate of what depends on all of it. */
export async function lockHistory(tx: Db, personId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`history:${personId}`}, 0))`
}

export const sameBytes = (one: Uint8Array | null, other: Uint8Array): boolean => one !== null && Buffer.compare(one, other) === 0
