/** Our own small family list: what zones, loads and plots tell apart. What a source called it is kept beside it. */
export const SPORTS = ['running', 'cycling', 'swimming', 'walking', 'rowing', 'skiing', 'strength', 'mobility', 'workout', 'other'] as const
export type Sport = (typeof SPORTS)[number]

/** The first that matches wins: what only sounds like a family comes before it. */
const FAMILIES: ReadonlyArray<readonly [RegExp, Sport]> = [
  [/^(motor|water|jet|horse|crunch)/, 'other'],
  [/strength|weight|lifting/, 'strength'],
  [/yoga|pilates|stretch|flexib|mobility/, 'mobility'],
  [/bik|cycl|^ride|[^b]ride|spin|mtb/, 'cycling'],
  [/swim/, 'swimming'],
  [/rowing|^row|rower/, 'rowing'],
  [/run|jog|treadmill/, 'running'],
  [/walk|hik/, 'walking'],
  [/ski|snowboard/, 'skiing'],
  [/hiit|interval|cardio|training|fitness|crossfit|aerobic|workout|class|gym|elliptical|stair/, 'workout'],
]

/**
 * The family of a sport by the words of its source, the most exact first: FIT's sub sport and sport, TCX's `Sport`, GPX's `type`.
 * 'other' for what none of them names.
 */
export function sportOf(...words: ReadonlyArray<string | null | undefined>): Sport {
  for (const word of words) {
    const plain = (word ?? '').toLowerCase().replaceAll(/[^a-z]/g, '')
    const family = plain === '' ? undefined : FAMILIES.find(([pattern]) => pattern.test(plain))
    if (family) return family[1]
  }
  return 'other'
}
