import { z } from 'zod'
import { MAX_BPM, MAX_RR, MIN_BPM, MIN_RR } from '@/lib/physiology/plausible-heart-rate'
import { oneLine } from '@/lib/platform/one-line'

export { HOLD_SECONDS } from '@/lib/physiology/hold'

/** A chunk is fifteen seconds of one recorder: one slot a second, `null` where the second had no reading. */
export const CHUNK_SECONDS = 15
/** Largest upload body, so that the browser still sends it while the page is closing (fetch keepalive). */
export const MAX_UPLOAD_BYTES = 64 * 1024

/** The last chunk number a recorder may have: six hours. A longer run goes on in a new recorder. */
export const MAX_SEQ = 60 * 24

const Bpm = z.number().int().min(MIN_BPM).max(MAX_BPM).nullable()
const Effort = z.number().int().min(1).max(10).nullable()
/** RR in 1/1024 s: 0.2 s to 3 s. */
const Rr = z.number().int().min(MIN_RR).max(MAX_RR)

export const Chunk = z
  .object({
    seq: z.number().int().min(0).max(MAX_SEQ),
    bpm: z.array(Bpm).max(CHUNK_SECONDS),
    effort: z.array(Effort).max(CHUNK_SECONDS).default([]),
    rr: z.array(Rr).max(120).default([]),
  })
  .strict()
export type Chunk = z.infer<typeof Chunk>

/** The bytes that make two chunks the same chunk: one canonical text, whatever the order of keys was on the way. */
export const chunkText = (chunk: Chunk): string => JSON.stringify([chunk.seq, chunk.bpm, chunk.effort, chunk.rr])

/** Seconds of the recorder that a chunk spans: fifteen, or fewer for the last one of a run that was cut short. */
export const chunkSeconds = (chunk: Pick<Chunk, 'bpm' | 'effort'>): number => Math.max(chunk.bpm.length, chunk.effort.length)

/**
 * POST /api/recorders: opens one run of one source on one device. `startedAt` is estimated server time of the recorder's second 0.
 * `runId` is made by the device: opening the same run twice gives the same recorder. `participantId` says whose heart it is, so that
 * a run that began under one person cannot be opened by the next one at the same device.
 */
export const OpenRecorder = z.object({
  classId: z.string().max(40),
  participantId: z.string().max(40),
  runId: z.string().regex(/^run_[0-9A-Z]{26}$/),
  source: z.enum(['heart_rate_strap', 'replay', 'effort']),
  label: z.string().overwrite(oneLine).max(80),
  startedAt: z.number().int(),
  clockUncertaintyMs: z.number().int().min(0).max(60_000),
})
export type OpenRecorder = z.infer<typeof OpenRecorder>
export const OpenedRecorder = z.object({ recorderId: z.string(), grant: z.string(), serverNow: z.number() })
export type OpenedRecorder = z.infer<typeof OpenedRecorder>

/** POST /api/recorders/{recorderId}/chunks with `Authorization: Bearer <grant>`; needs no sign-in. `lastSeq` says that the run is complete. */
export const Upload = z.object({ chunks: z.array(Chunk).max(64), lastSeq: z.number().int().min(-1).max(MAX_SEQ).optional() }).strict()
export type Upload = z.infer<typeof Upload>
/** The acknowledgement: the ranges [from, to) of seq that are stored. The outbox deletes only what is in them. */
export const UploadAcknowledged = z.object({ received: z.array(z.tuple([z.number().int(), z.number().int()])) })
export type UploadAcknowledged = z.infer<typeof UploadAcknowledged>
