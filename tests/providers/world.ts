import type { Provider } from '@/lib/sync/provider'
import type { Emulator } from './emulator'

export type Training = { readonly startedAt: number; readonly minutes: number; readonly zoneOffsetMinutes: number; readonly bpm: (second: number) => number }
export type Delivery = { readonly method: string; readonly query?: Readonly<Record<string, string>>; readonly headers: Readonly<Record<string, string>>; readonly body: string }

/** A vendor in a box, as the contract suite and the tests of sync see it. Every adapter has one. */
export interface ProviderWorld {
  /** The adapter under test, which reads its addresses from the environment. */
  readonly provider: Provider
  readonly emulator: Emulator
  /** Environment that leads the adapter here. */
  readonly settings: Readonly<Record<string, string>>
  /** The path of a list or, where there is none, of a fetch: where faults are injected. */
  readonly readPath: RegExp
  readonly tokenPath: RegExp
  /** Where the vendor wants the app's keys in the address, and knows no other way. */
  readonly keysInAddress?: RegExp
  /** A new account there; its id as webhooks have it. */
  person(): string
  /** What the browser comes back with. `less`: they untick the import. */
  consent(authoriseUrl: string, userId: string, say?: { deny?: boolean; less?: boolean }): URL
  record(userId: string, training: Training): string
  /** The owner deletes it there. */
  remove(userId: string, externalId: string): void
  /** Webhooks as the vendor sends them, with its real signature; none where it does not tell of such a thing. */
  deliveries(userId: string, what: 'recorded' | 'deleted' | 'revoked', externalId: string): readonly Delivery[]
  /** The person ends it on the vendor's pages. */
  revokeThere(userId: string): void
  expireTokens(userId: string): void
  tokensAlive(userId: string): number
  /** What was uploaded, as bytes. */
  readonly uploads: ReadonlyArray<{ userId: string; file: Uint8Array; externalId: string }>
}

export const twentyMinutes = (startedAt: number): Training => ({ startedAt, minutes: 20, zoneOffsetMinutes: 60, bpm: (second) => 110 + (second % 50) })
