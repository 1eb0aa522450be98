import { z } from 'zod'
import type { Recording } from '@/lib/formats/recording'
import type { CallBudget } from './call-budget'

export const ProviderName = z.enum(['polar', 'strava', 'google_health', 'garmin'])
export type ProviderName = z.infer<typeof ProviderName>

/** What a person agrees to: their training comes here; what they record here goes there. */
export const Purpose = z.enum(['import', 'upload'])
export type Purpose = z.infer<typeof Purpose>

/** Everything in which providers differ that anybody but their own file must know. */
export type Capabilities = {
  readonly purposes: readonly Purpose[]
  /** Whether signing in proves that the same browser comes back (RFC 7636, S256). */
  readonly pkce: boolean
  /** `lasting`: never renewed. `kept`: the refresh token stays the same. `rotating`: each refresh ends the one before. */
  readonly tokens: 'lasting' | 'kept' | 'rotating'
  /** What vouches for a webhook: a signature, or nothing but its unguessable path. */
  readonly webhook: 'signed' | 'path'
  /** Whether it may be asked what there is. If not, everything must arrive by webhook. */
  readonly lists: boolean
  /** How what was recorded before connecting is got, and how far back; null: not at all. */
  readonly past: { readonly by: 'list' | 'push'; readonly days: number } | null
  /**
   * Who may ever see it. `owner_only` goes into a table of its own, which nothing that shows data to others reads, and is gone after
   * `keepDays` unless fetched again.
   */
  readonly reach: { readonly kind: 'shareable'; readonly source: 'polar' | 'google_health' | 'garmin' } | { readonly kind: 'owner_only'; readonly source: 'strava'; readonly keepDays: number }
  /** How long what it sent is kept as it came, for repair. */
  readonly rawDays: number
  readonly budget: CallBudget | null
}

export type Tokens = { readonly access: string; readonly refresh: string | null; /** UTC ms; null: lasting. */ readonly expiresAt: number | null }
/** `purposes`: what the provider's grant allows, which may be less than was asked for. */
export type Granted = { readonly tokens: Tokens; readonly externalUserId: string; readonly scopes: readonly string[]; readonly purposes: readonly Purpose[] }
/** `patient`: may wait, so it leaves half of the call budget to what may not. */
export type Access = { readonly token: string; readonly externalUserId: string; readonly patient: boolean }

/** One thing to fetch. `detail` is the adapter's own, plain JSON. `externalId`: where one activity is meant and its id is known. */
export type Ref = { readonly externalId: string | null; readonly detail?: unknown }
export type Window = { readonly fromMs: number; readonly toMs: number }
export type Listed = { readonly refs: readonly Ref[]; /** Where the next page begins; null: that was all. */ readonly next: string | null }

export type Raw = { readonly kind: string; readonly bytes: Uint8Array }
export type Found =
  | { readonly outcome: 'activity'; readonly externalId: string; readonly title: string | null; readonly recording: Recording; readonly raw: readonly Raw[] }
  | { readonly outcome: 'gone'; readonly externalId: string }
  /** There is nothing else in this window any more: for providers who tell when something was deleted, but not what. */
  | { readonly outcome: 'only'; readonly window: Window; readonly externalIds: readonly string[] }

/** What a webhook says. Whatever it claims about data, the provider is asked; only push-only providers put the data into `ref`. */
export type Hint =
  | { readonly kind: 'look'; readonly externalUserId: string; readonly ref: Ref }
  | { readonly kind: 'deleted'; readonly externalUserId: string; readonly externalId: string }
  | { readonly kind: 'revoked'; readonly externalUserId: string }
  | { readonly kind: 'permissions'; readonly externalUserId: string; readonly purposes: readonly Purpose[] }

export type Incoming = { readonly method: string; readonly query: URLSearchParams; readonly headers: Headers; readonly body: Uint8Array }
/** Our one subscription there; `secret` signs what comes from it. */
export type Subscription = { readonly externalId: string; readonly secret: string | null; readonly active: boolean }
/** `verifyToken`: what we gave them to prove that a question about the subscription is theirs. */
export type Ours = { readonly callbackUrl: string; readonly verifyToken: string; readonly subscription: Subscription | null }
export type Verdict =
  | { readonly outcome: 'forged' }
  /** A question about the address itself; it holds no hint. */
  | { readonly outcome: 'answer'; readonly status: number; readonly body: unknown }
  | { readonly outcome: 'hint'; /** The provider's own id of the delivery; null: it has none. */ readonly deliveryId: string | null }

export type Upload = { readonly fit: Uint8Array; readonly externalId: string; readonly title: string; readonly sport: string }
/** `duplicate`: the same training was there before; where, if it says so. */
export type UploadState =
  | { readonly outcome: 'waiting'; readonly uploadId: string }
  | { readonly outcome: 'done'; readonly url: string }
  | { readonly outcome: 'duplicate'; readonly url: string | null }
  | { readonly outcome: 'refused' }

/**
 * A source of training data. Every method may throw ProviderError and nothing else; none logs or keeps anything. Adapters pass
 * provider-contract.ts against an emulator that keeps state.
 */
export interface Provider {
  readonly name: ProviderName
  readonly capabilities: Capabilities
  /** Whether this installation has its keys. */
  isSetUp(): boolean
  /** Where the person says yes or no. */
  authoriseUrl(ask: { readonly state: string; readonly challenge: string | null; readonly redirectUri: string; readonly purposes: readonly Purpose[] }): string
  /** `memberId`: what the provider may know the person by. Leaves the account registered there, where that is needed. */
  exchange(answer: { readonly code: string; readonly verifier: string | null; readonly redirectUri: string; readonly grantedScope: string | null; readonly memberId: string }): Promise<Granted>
  refresh(tokens: Tokens): Promise<Tokens>
  /** Ends everything there that connecting began. What is ended already is no error. */
  revoke(access: Access, tokens: Tokens): Promise<void>
  /** Of the raw body, before anything is stored. */
  verifyWebhook(incoming: Incoming, ours: Ours): Promise<Verdict>
  /** Of a body that was verified; whatever it does not know gives nothing. */
  readHints(body: Uint8Array): readonly Hint[]
  /** What there is in a window of time, a page at a time. Empty where `lists` is false. */
  list(access: Access, window: Window, page: string | null): Promise<Listed>
  /** What is true now of one thing: most often one activity, none where it cannot be one (yet). */
  fetch(access: Access, ref: Ref): Promise<readonly Found[]>
  /** Makes or mends our subscription; null where the operator makes it by hand. */
  readonly tend: ((ours: Ours) => Promise<Subscription>) | null
  /** Asks for the past of a window to be pushed; null where it is listed. */
  readonly askForPast: ((access: Access, window: Window) => Promise<void>) | null
  readonly uploads: { send(access: Access, upload: Upload): Promise<UploadState>; ask(access: Access, uploadId: string): Promise<UploadState> } | null
}

/** What no adapter may be, in words; empty when all is well. The registry refuses to load otherwise. */
export function brokenInvariants({ name, capabilities, uploads, askForPast }: Provider): string[] {
  const { purposes, past, lists, reach, rawDays } = capabilities
  const broken = {
    'has no purpose': purposes.length === 0,
    'uploads without the purpose, or has the purpose and cannot': purposes.includes('upload') !== (uploads !== null),
    'lists the past but cannot list': past?.by === 'list' && !lists,
    'pushes the past but cannot be asked to': (past?.by === 'push') !== (askForPast !== null),
    'keeps the raw longer than what it shows to its owner only': reach.kind === 'owner_only' && rawDays > reach.keepDays,
    'keeps the raw for longer than repair needs': rawDays > 30,
    'cannot reach the days before its cache ends': reach.kind === 'owner_only' && past !== null && past.days > reach.keepDays,
  }
  return Object.entries(broken).flatMap(([words, is]) => (is ? [`${name} ${words}`] : []))
}
