/** A member's screen calls, a host's screen answers. */
export type LinkRole = 'caller' | 'answerer'
/** `broken`: it stood and does not now. `starting`: it has never stood. */
export type Trouble = 'broken' | 'starting'
/** `restart`: new paths for the same connection. `rebuild`: a new connection; the other page may have lost its half. */
export type Repair = 'restart' | 'rebuild'

type Plan = { readonly restartMs: number | null; readonly rebuildMs: readonly [number, ...number[]]; readonly everyMs: number }

/**
 * ms since the trouble began. The answerer waits longer, so that the two do not undo each other's work. A broken link of which one end
 * has come back stands again within 10 s; one that never stood gets longer, for slow machines.
 */
const PLANS: Record<Trouble, Record<LinkRole, Plan>> = {
  broken: {
    caller: { restartMs: 1_000, rebuildMs: [5_000, 11_000, 19_000], everyMs: 10_000 },
    answerer: { restartMs: 2_500, rebuildMs: [9_000, 22_000, 36_000], everyMs: 20_000 },
  },
  starting: {
    caller: { restartMs: null, rebuildMs: [12_000, 27_000, 45_000], everyMs: 20_000 },
    answerer: { restartMs: null, rebuildMs: [20_000, 42_000, 70_000], everyMs: 40_000 },
  },
}

/** The `step`-th repair (0 first) of a trouble, and when it is due. There is always a next one. */
export function repairOf(trouble: Trouble, role: LinkRole, step: number): { readonly afterMs: number; readonly repair: Repair } {
  const { restartMs, rebuildMs, everyMs } = PLANS[trouble][role]
  if (restartMs !== null && step === 0) return { afterMs: restartMs, repair: 'restart' }
  const rebuild = restartMs === null ? step : step - 1
  const beyond = Math.max(0, rebuild - (rebuildMs.length - 1))
  const afterMs = (rebuildMs[Math.min(rebuild, rebuildMs.length - 1)] ?? 0) + beyond * everyMs
  return { afterMs, repair: 'rebuild' }
}
