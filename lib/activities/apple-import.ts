import type { AppleTrouble } from '@/lib/formats/apple-export'

/** How far bringing an export of Apple's Health app has come. Bytes are those of the packed XML, which is read once for each pass. */
export type AppleImportView = {
  readonly phase:
    | 'finding' // the first pass: which workouts there are
    | 'reading' // their records; each workout is in the history as soon as it is counted
    | 'done'
    | 'stopped'
    | 'refused' // `reason` says why: it is no such export
    | 'failed' // `message` says what to do; bringing the same file again goes on
  readonly readBytes: number
  readonly ofBytes: number
  readonly pass: number
  readonly passes: number
  readonly found: number
  /** In the history before. */
  readonly known: number
  readonly saved: number
  /** Longer than one activity may be. */
  readonly tooLong: number
  readonly trouble: readonly AppleTrouble[]
  readonly reason: 'not_apple' | 'unsafe' | null
  readonly message: string | null
}
export const BEGUN: AppleImportView = {
  ...{ phase: 'finding', readBytes: 0, ofBytes: 0, pass: 1, passes: 1, found: 0, known: 0, saved: 0, tooLong: 0, trouble: [] },
  ...{ reason: null, message: null },
}
export const isOver = ({ phase }: AppleImportView): boolean => phase !== 'finding' && phase !== 'reading'
