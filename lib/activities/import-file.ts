import type { Problem, Refusal } from '@/lib/formats/recording'
import { readRecording } from '@/lib/formats/read-recording'
import type { Sport } from '@/lib/formats/sport'
import { hasStream, STREAMS, type StreamName } from '@/lib/formats/recording'
import { elapsedSecondsOf } from './activity-figures'
import { MAX_PACKED_BYTES, packRecording } from './packed-recording'

/** What a file turned out to hold, for its person to read. */
export type Heard = {
  readonly fileName: string
  readonly sport: Sport
  readonly startedAt: number
  readonly elapsedSeconds: number
  readonly streams: readonly StreamName[]
  readonly hasRr: boolean
  readonly problems: readonly Problem[]
}
export type FileReadOutcome =
  | { readonly outcome: 'read'; readonly heard: Heard; readonly externalId: string; readonly packed: Uint8Array<ArrayBuffer> }
  | { readonly outcome: 'refused'; readonly reason: Refusal['reason'] | 'too_long' }

/** One file → what it holds, packed for the way. Runs in a worker; never rejects for what the bytes say. */
export async function readForUpload(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<FileReadOutcome> {
  const file = await readRecording(bytes, name)
  if (file.outcome === 'refused') return file
  const { recording, fileName } = file
  const packed = await packRecording(recording)
  if (packed.byteLength > MAX_PACKED_BYTES) return { outcome: 'refused', reason: 'too_long' }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const { sport, startedAt, streams, problems } = recording
  return {
    outcome: 'read',
    packed,
    externalId: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    heard: {
      ...{ fileName, sport, startedAt, problems, elapsedSeconds: elapsedSecondsOf(recording) },
      ...{ streams: STREAMS.filter((stream) => hasStream(streams[stream])), hasRr: recording.rr.length > 0 },
    },
  }
}
