import { seeded } from '@/tests/mutate-bytes'

/** Faults of a part of the product. */
export const PARTS = ['server-kill', 'runner-kill', 'database-crash', 'realtime-kill'] as const
/** Faults of a phone or its network. `hold`: uploads arrive later, after newer ones. */
const PHONES = ['cut', 'lost-answers', 'duplicate', 'hold', 'kill', 'reload', 'clock-forward', 'clock-back'] as const
export type Fault =
  | { readonly atMs: number; readonly fault: (typeof PARTS)[number]; readonly forMs: number }
  | { readonly atMs: number; readonly fault: (typeof PHONES)[number]; readonly phone: number; readonly forMs: number }

export const isOfPart = (fault: Fault): fault is Extract<Fault, { fault: (typeof PARTS)[number] }> => PARTS.some((part) => part === fault.fault)

const EVERY_MS = 1_200

/** What goes wrong in one class, and when: the same seed gives the same. Each kind comes at least once where there is time for it. */
export function drawFaults(seed: number, lengthMs: number, phones: number): Fault[] {
  const next = seeded(seed)
  const count = Math.floor((lengthMs - 4_000) / EVERY_MS)
  const kinds = [...PHONES, ...PARTS]
  return Array.from({ length: count }, (_, index): Fault => {
    const atMs = 2_000 + index * EVERY_MS + next(EVERY_MS)
    const forMs = 500 + next(4_000)
    const kind = index < kinds.length ? kinds[(index * 5 + seed) % kinds.length] : kinds[next(kinds.length)]
    const phone = next(phones)
    const part = PARTS.find((name) => name === kind)
    if (part) return { atMs, fault: part, forMs }
    return { atMs, fault: PHONES.find((name) => name === kind) ?? 'cut', phone, forMs }
  })
}

export const faultWords = (fault: Fault): string =>
  `${(fault.atMs / 1000).toFixed(1)} s ${fault.fault}${isOfPart(fault) ? '' : ` of phone ${fault.phone}`} for ${(fault.forMs / 1000).toFixed(1)} s`
