import { z } from 'zod'
import { MAX_CADENCE, MAX_SPEED, MAX_WATTS } from '@/lib/physiology/plausible-motion'

/**
 * What a member's screen tells the host screens on the member's private channel. Sent when a notification arrives, never on a timer
 * (see `beat-pacer.ts`). It carries its own visibility, so that a stale choice cannot leak. Nothing in it is believed for the record.
 */
export const HeartRateReach = z.enum(['me', 'trainer', 'everyone'])
export type HeartRateReach = z.infer<typeof HeartRateReach>

export const Zone = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)])
export type Zone = z.infer<typeof Zone>

const Trend = z.enum(['rising', 'steady', 'falling'])
export type Trend = z.infer<typeof Trend>

/** Which beat of which run: `run` is new on every page load, `seq` counts up in it, so that late and repeated beats are known. */
const numbered = { run: z.string().min(4).max(12), seq: z.number().int().nonnegative() }

/** A number that is live now. Never sent while the reach is `me`. */
export const ReadingBeat = z.object({
  kind: z.literal('reading'),
  ...numbered,
  reach: z.enum(['trainer', 'everyone']),
  bpm: z.number().int().min(25).max(250),
  /** % of own HRmax and zone; null until there is an age or an own maximum. */
  percentOfMax: z.number().min(0).max(150).nullable(),
  zone: Zone.nullable(),
  /** The maximum behind them is a guess from age. */
  estimated: z.boolean(),
  contact: z.boolean().nullable(),
  trend: Trend,
  /** When the notification came, server time, UTC ms; absent while the sender does not know the server's time. */
  at: z.number().int().nonnegative().optional(),
  /** Of a power meter; for the trainer only, and never a reason to send. */
  watts: z.number().int().min(0).max(MAX_WATTS).optional(),
})
const Effort = z.number().int().min(1).max(10)
/** How hard it feels, 1–10, by hand; stands until the next one or for 5 min. */
export const EffortBeat = z.object({
  kind: z.literal('effort'),
  ...numbered,
  reach: z.enum(['trainer', 'everyone']),
  effort: Effort,
})
/** As `Motion` of the sensors: null where the machine does not say so. */
export const Moved = z.object({
  watts: z.number().int().min(0).max(MAX_WATTS).nullable(),
  cadence: z.number().int().min(0).max(MAX_CADENCE).nullable(),
  speed: z.number().int().min(0).max(MAX_SPEED).nullable(),
})
/** A bike, power meter or foot pod where no heart rate is heard. A screen that does not know this kind takes it for no beat at all. */
const MotionBeat = z.object({
  kind: z.literal('motion'),
  ...numbered,
  ...Moved.shape,
  reach: z.enum(['trainer', 'everyone']),
  /** Why there is no heart rate beside it. */
  heart: z.enum(['none', 'pairing', 'reconnecting', 'lost', 'contact']),
  /** What was tapped and still stands. */
  effort: Effort.nullable(),
  /** As `ReadingBeat.at`. */
  at: z.number().int().nonnegative().optional(),
})
/** No number, and why. `private`: the member chose "only me". `hidden`: "hide me", one tap. */
export const SilenceBeat = z.object({
  kind: z.literal('silence'),
  ...numbered,
  why: z.enum(['none', 'pairing', 'private', 'hidden', 'reconnecting', 'lost', 'contact', 'phone_locked']),
})
export const Beat = z.discriminatedUnion('kind', [ReadingBeat, EffortBeat, MotionBeat, SilenceBeat])
export type Beat = z.infer<typeof Beat>

/**
 * What the writing host screen tells the class: the readings heard since its last frame, of those whose own beat says "everyone".
 * Heard, not changed: a member's screen judges by arrival too. `seq` counts up for each writing screen.
 */
export const Frame = z.object({
  seq: z.number().int().nonnegative(),
  readings: z
    .array(
      z.object({
        participantId: z.string(),
        /** null: this person stopped sharing or was lost; forget the number at once. */
        bpm: z.number().int().min(25).max(250).nullable(),
        percentOfMax: z.number().min(0).max(150).nullable(),
        zone: Zone.nullable(),
        effort: Effort.nullable(),
        estimated: z.boolean(),
        /** In place of a heart rate. Beside the others, so that a screen that does not know it still reads the frame. */
        moved: Moved.optional(),
      }),
    )
    .max(99),
})
export type Frame = z.infer<typeof Frame>

/**
 * THE SEAM. How beats travel: as Pusher client events (`pusher-beat-link.client.ts`), beside the pictures
 * (`video-beat-link.client.ts`), and both as one (`beat-route.client.ts`). All pass the same contract (`beat-link-contract.ts`).
 */
export interface BeatLink {
  /** Best effort; dropped, never queued, while there is no link. */
  send(beat: Beat): void
  /**
   * Beats as they arrive, validated, each with the member whose way it came: each once, and none after a later one of its run. A host's
   * screen hears every member; a member's only their own other screens, and only by Pusher.
   */
  receive(listener: (participantId: string, beat: Beat) => void): () => void
}
