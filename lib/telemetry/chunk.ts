import { z } from 'zod'
import { MAX_BPM, MAX_RR, MIN_BPM, MIN_RR } from '@/lib/physiology/plausible-heart-rate'
import { MAX_CADENCE, MAX_SPEED, MAX_WATTS } from '@/lib/physiology/plausible-motion'
import { oneLine } from '@/lib/platform/one-line'

export { HOLD_SECONDS } from '@/lib/physiology/hold'

/** A chunk is fifteen seconds of one recorder: one slot a second, `null` where the second had no reading. */
export const CHUNK_SECONDS = 15
/** Largest upload body, so that the browser still sends it while the page is closing (fetch keepalive). */
export const MAX_UPLOAD_BYTES = 64 * 1024

/** The last chunk number a recorder may have: six hours. A longer run goes on in a new recorder. */
export const MAX_SEQ = 60 * 24

/** Whole numbers, one a second; `null` where the second had none. */
const slots = (least: number, most: number) => z.array(z.number().int().min(least).max(most).nullable()).max(CHUNK_SECONDS)
/** RR in 1/1024 s: 0.2 s to 3 s. */
const Rr = z.number().int().min(MIN_RR).max(MAX_RR)

export const Chunk = z
  .object({
    seq: z.number().int().min(0).max(MAX_SEQ),
    bpm: slots(MIN_BPM, MAX_BPM),
    effort: slots(1, 10).default([]),
    rr: z.array(Rr).max(120).default([]),
    /** Of a bike or a foot pod: turns or steps a minute, W, cm/s. A run of anything else has none of them. */
    cadence: slots(0, MAX_CADENCE).optional(),
    watts: slots(0, MAX_WATTS).optional(),
    speed: slots(0, MAX_SPEED).optional(),
  })
  .strict()
export type Chunk = z.infer<typeof Chunk>

/** What is stored one value a second, each in a column of its own. */
export const METRICS = ['bpm', 'effort', 'cadence', 'watts', 'speed'] as const
export type Metric = (typeof METRICS)[number]
export type Columns = { readonly [M in Metric]?: ReadonlyArray<number | null> | undefined }

/**
 * The bytes that make two chunks the same chunk: one canonical text, whatever the order of keys was on the way. A chunk without motion
 * has the text that it had before there was any.
 */
export const chunkText = ({ seq, bpm, effort, rr, cadence = [], watts = [], speed = [] }: Chunk): string =>
  JSON.stringify([seq, bpm, effort, rr, ...([cadence, watts, speed].some(({ length }) => length > 0) ? [cadence, watts, speed] : [])])

/** Seconds of the recorder that a chunk spans: fifteen, or fewer for the last one of a run that was cut short. */
export const chunkSeconds = (chunk: Columns): number => Math.max(...METRICS.map((metric) => chunk[metric]?.length ?? 0))

/**
 * POST /api/recorders: opens one run of one source on one device. `startedAt` is estimated server time of the recorder's second 0.
 * `runId` is made by the device: opening the same run twice gives the same recorder. `participantId` says whose heart it is, so that
 * a run that began under one person cannot be opened by the next one at the same device.
 */
export const OpenRecorder = z.object({
  classId: z.string().max(40),
  participantId: z.string().max(40),
  runId: z.string().regex(/^run_[0-9A-Z]{26}$/),
  source: z.enum(['heart_rate_strap', 'replay', 'effort', 'motion_sensor']),
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
