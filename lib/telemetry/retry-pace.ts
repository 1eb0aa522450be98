/** After failures in a row, ms; the last one stands for all that follow. Never longer: a summary waits for what is still here. */
const RETRY_MS = [15_000, 30_000, 60_000] as const

/** When each run may be tried again, so that one that the server will not take now holds up no other. Times are monotonic ms. */
export class RetryPace {
  readonly #failures = new Map<string, { count: number; notBeforeMs: number }>()

  isDue(runId: string, nowMs: number): boolean {
    return nowMs >= (this.#failures.get(runId)?.notBeforeMs ?? -Infinity)
  }
  failed(runId: string, nowMs: number): void {
    const count = this.#failures.get(runId)?.count ?? 0
    const wait = RETRY_MS[Math.min(count, RETRY_MS.length - 1)] ?? 0
    this.#failures.set(runId, { count: count + 1, notBeforeMs: nowMs + wait })
  }
  succeeded(runId: string): void {
    this.#failures.delete(runId)
  }
  /** The network is back, or a person asked. */
  forget(): void {
    this.#failures.clear()
  }
}
