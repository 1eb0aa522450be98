import type { Comer, Misser } from '@/lib/classes/turnout'
import type { Named } from './digest'

/** A guest of the trainer's, as a pair of names is compared. */
export type KnownGuest = { readonly personId: string; readonly name: string; readonly classes: number }

/** The ten minutes after: who came and who did not, whom to write to, and who may be one person. */
export type ClassAfter = {
  readonly came: readonly Comer[]
  readonly missed: readonly Misser[]
  readonly digest: readonly Named[]
  /** Two guests of the series with like names, the one who came to this class first. */
  readonly alike: ReadonlyArray<readonly [KnownGuest, KnownGuest]>
  /** What the class has cost so far, in messages as the realtime service bills them. */
  readonly billedMessages: number
}
