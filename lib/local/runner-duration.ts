const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** Inngest's durations such as `2s`, `1h30m` or `7d`, in ms; null when the text is none. */
export function durationMs(text: string): number | null {
  if (!/^(\d+(\.\d+)?(ms|w|d|h|m|s))+$/.test(text)) return null
  let ms = 0
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|w|d|h|m|s)/g)) ms += Number(amount) * (UNIT_MS[unit ?? ''] ?? 0)
  return ms
}

/** When a step that names a duration or an ISO instant is due (UTC ms); null when the text is neither. */
export function instantOf(text: string, atMs: number): number | null {
  const ms = durationMs(text)
  if (ms !== null) return atMs + ms
  const instant = /^\d{4}-/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(instant) ? null : instant
}
