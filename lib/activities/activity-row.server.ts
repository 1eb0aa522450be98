import 'server-only'
import { completeInputs, inputsOf, inputsText } from '@/lib/accounts/figure-inputs'
import type { Profile } from '@/lib/accounts/profile'
import type { Recording } from '@/lib/formats/recording'
import type { FigureInputs } from '@/lib/physiology/heart-rate-figures'
import type { Db } from '@/lib/platform/db.server'
import { ActivityFigures, type ActivityInputs } from './activity'
import { elapsedSecondsOf } from './activity-figures'
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

/**
 * The profile as it counts for an activity of that day; what an activity was computed with before does not change, only fills. `given`
 * stands instead of both.
 */
export function inputsFor(profile: Profile, startedAt: number, keptFigures: unknown, given?: FigureInputs): ActivityInputs {
  const kept = ActivityFigures.safeParse(keptFigures).data?.inputs
  const today = inputsOf(profile, startedAt)
  return { ...(given ?? (kept ? completeInputs(kept, today) : today)), thresholdWatts: kept?.thresholdWatts ?? profile.thresholdWatts }
}

export const sameInputs = (keptFigures: unknown, inputs: ActivityInputs): boolean => {
  const kept = ActivityFigures.safeParse(keptFigures).data?.inputs
  return kept !== undefined && inputsText(kept) === inputsText(inputs)
}

/** One change of a person's history at a time, until the transaction ends: what is a duplicate of what depends on all of it. */
export async function lockHistory(tx: Db, personId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`history:${personId}`}, 0))`
}

export const sameBytes = (one: Uint8Array | null, other: Uint8Array): boolean => one !== null && Buffer.compare(one, other) === 0
