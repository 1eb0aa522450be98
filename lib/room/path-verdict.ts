/** Kinds of addresses under which this screen may be reached. https://www.rfc-editor.org/rfc/rfc8445#section-5.1.1 */
export type CandidateKind = 'host' | 'srflx' | 'prflx' | 'relay'
export type PathFacts = {
  readonly found: ReadonlySet<CandidateKind>
  /** Somebody outside was asked how we look from there. */
  readonly asked: boolean
}
/**
 * - `direct`: reachable from outside by itself. `relay`: whether it also has the detour, for members whose own network is shut.
 * - `relay_only`: everything takes the detour; it works, later and not as sharp.
 * - `near`: nobody outside was asked; members in the same network can connect, of others nothing is known.
 * - `shut`: asked, and no way out was found.
 * - `none`: the browser gives no address at all.
 */
export type PathVerdict =
  | { readonly outcome: 'direct'; readonly relay: boolean }
  | { readonly outcome: 'relay_only' | 'near' | 'shut' | 'none' }

export function pathVerdict({ found, asked }: PathFacts): PathVerdict {
  if (found.has('srflx') || found.has('prflx')) return { outcome: 'direct', relay: found.has('relay') }
  if (found.has('relay')) return { outcome: 'relay_only' }
  if (!found.has('host')) return { outcome: 'none' }
  return { outcome: asked ? 'shut' : 'near' }
}
