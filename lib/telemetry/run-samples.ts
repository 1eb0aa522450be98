import { CHUNK_SECONDS, type Chunk } from './chunk'
import type { StoredRun } from './outbox'

/** Lower counts first where sources overlap: what is worn beats what is played back, and either beats what a hand typed. */
export const SOURCE_RANK: Readonly<Record<StoredRun['source'] | 'simulated', number>> = {
  heart_rate_strap: 10,
  replay: 20,
  simulated: 30,
  effort: 90,
}

/** Chunks of one run → one slot a second from its second 0; `null` where nothing was said or the chunk is not here. */
export function layOutRun(chunks: ReadonlyArray<Pick<Chunk, 'seq' | 'bpm' | 'effort'>>): {
  bpm: (number | null)[]
  effort: (number | null)[]
} {
  return {
    bpm: layOut(chunks.map(({ seq, bpm }) => ({ seq, slots: bpm }))),
    effort: layOut(chunks.map(({ seq, effort }) => ({ seq, slots: effort }))),
  }
}

function layOut(chunks: ReadonlyArray<{ seq: number; slots: ReadonlyArray<number | null> }>): (number | null)[] {
  const length = Math.max(0, ...chunks.filter(({ slots }) => slots.length > 0).map(({ seq, slots }) => seq * CHUNK_SECONDS + slots.length))
  const laid = Array.from({ length }, (): number | null => null)
  for (const { seq, slots } of chunks) slots.forEach((value, slot) => (laid[seq * CHUNK_SECONDS + slot] = value))
  return laid
}
