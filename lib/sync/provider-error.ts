/** What a provider's refusal or silence means to us, whatever status it came with. */
export type ProviderTrouble =
  | 'token_refused' // our token does not open this (any more)
  | 'grant_refused' // no new token is given: the person must connect again
  | 'not_allowed' // the person has not agreed there to what we asked for
  | 'gone' // what was asked for is not there (any more)
  | 'conflict' // it is there already, or was asked for before
  | 'limited' // too many calls; `retryAt` says when
  | 'away' // it did not answer, or failed on its side: try again later
  | 'nonsense' // it answered what its own documents do not know

/** Never carries a token, nor what the provider wrote. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError'
  constructor(
    readonly provider: string,
    readonly trouble: ProviderTrouble,
    /** UTC milliseconds; only of `limited` and `away`. */
    readonly retryAt: number | null = null,
  ) {
    super(`${provider}: ${trouble}`)
  }
}

export const isTrouble = (error: unknown, ...troubles: readonly ProviderTrouble[]): error is ProviderError =>
  error instanceof ProviderError && troubles.includes(error.trouble)

/** For `.catch`: these troubles are an answer here, undefined; others go on. */
export const unless =
  (...troubles: readonly ProviderTrouble[]) =>
  (error: unknown): undefined => {
    if (isTrouble(error, ...troubles)) return undefined
    throw error
  }
