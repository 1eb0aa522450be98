import type { LocalRun } from '@/lib/telemetry/outbox'
import type { HeartConsent, HeartOutlet, HeartProfile, HeartSession } from './room-view'

export type Attachment = {
  readonly classId: string
  readonly participantId: string
  /** The consents are given to this person. */
  readonly trainerId: string
  readonly room: HeartOutlet
  readonly profile: HeartProfile
  /** As last time with this trainer; null: not asked yet. */
  readonly consent: HeartConsent | null
}
export type Heart = HeartSession & {
  /** A room was entered. Returns the way out, which ends what is recorded there; the sensor stays connected. */
  attach(attachment: Attachment): () => void
  /** Server time, UTC ms; null until the server has answered once. */
  serverNowMs(): number | null
  /** The runs of a class that stay on this device. */
  localRuns(classId: string): Promise<LocalRun[]>
  dispose(): void
}
