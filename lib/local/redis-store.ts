import { now } from '@/lib/platform/clock'

export type Value = string | Map<string, string> | Set<string>
type Entry = { value: Value; expiresAt: number | null; bytes: number }

/** An error in Redis' own words; its message is the reply. */
export class RedisError extends Error {}

/** What one entry costs beside its text; a guess on the high side. */
const ENTRY_BYTES = 100
const costOf = (...texts: readonly string[]): number => texts.reduce((sum, text) => sum + 2 * text.length, ENTRY_BYTES)

/** Keys with types, expiry and a bound on memory. Nothing is evicted before its time: beyond the bound, writing is refused (`noeviction`). */
export class RedisStore {
  readonly #entries = new Map<string, Entry>()
  #bytes = 0

  constructor(readonly maxBytes: number) {}

  get size(): number {
    return this.#entries.size
  }

  /** Called before every command that may grow the store. */
  requireRoom(): void {
    if (this.#bytes < this.maxBytes) return
    this.dropExpired()
    if (this.#bytes >= this.maxBytes) throw new RedisError("OOM command not allowed when used memory > 'maxmemory'.")
  }

  dropExpired(): void {
    for (const key of [...this.#entries.keys()]) this.#find(key)
  }

  has(key: string): boolean {
    return this.#find(key) !== undefined
  }

  text(key: string): string | null {
    const value = this.#find(key)?.value
    if (value === undefined || typeof value === 'string') return value ?? null
    throw wrongType()
  }

  hash(key: string): ReadonlyMap<string, string> | null {
    const value = this.#find(key)?.value
    if (value === undefined || value instanceof Map) return value ?? null
    throw wrongType()
  }

  set(key: string): ReadonlySet<string> | null {
    const value = this.#find(key)?.value
    if (value === undefined || value instanceof Set) return value ?? null
    throw wrongType()
  }

  /** Replaces whatever is there. `expiresAt`: UTC ms, or null for never. */
  write(key: string, value: string, expiresAt: number | null): void {
    this.delete(key)
    this.#insert(key, { value, expiresAt, bytes: costOf(key, value) })
  }

  /** Returns whether the field is new. */
  writeField(key: string, field: string, value: string): boolean {
    this.hash(key)
    const entry = this.#find(key) ?? this.#insert(key, { value: new Map(), expiresAt: null, bytes: costOf(key) })
    if (!(entry.value instanceof Map)) throw wrongType()
    const before = entry.value.get(field)
    entry.value.set(field, value)
    this.#grow(entry, before === undefined ? costOf(field, value) : 2 * (value.length - before.length))
    return before === undefined
  }

  /** Returns whether the member is new. */
  addMember(key: string, member: string): boolean {
    this.set(key)
    const entry = this.#find(key) ?? this.#insert(key, { value: new Set(), expiresAt: null, bytes: costOf(key) })
    if (!(entry.value instanceof Set)) throw wrongType()
    if (entry.value.has(member)) return false
    entry.value.add(member)
    this.#grow(entry, costOf(member))
    return true
  }

  /** Removes a hash's field or a set's member; an emptied key is gone. */
  removePart(key: string, part: string): boolean {
    const entry = this.#find(key)
    if (entry === undefined || typeof entry.value === 'string') return false
    const value = entry.value instanceof Map ? (entry.value.get(part) ?? '') : ''
    if (!entry.value.delete(part)) return false
    this.#grow(entry, -costOf(part, value))
    if (entry.value.size === 0) this.delete(key)
    return true
  }

  delete(key: string): boolean {
    const entry = this.#find(key)
    if (entry === undefined) return false
    this.#bytes -= entry.bytes
    return this.#entries.delete(key)
  }

  /** UTC ms; null: no such key; 'never': no expiry. */
  expiry(key: string): number | 'never' | null {
    const entry = this.#find(key)
    return entry === undefined ? null : (entry.expiresAt ?? 'never')
  }

  /** Returns false when there is no such key. A time that has passed deletes it. */
  expireAt(key: string, expiresAt: number | null): boolean {
    const entry = this.#find(key)
    if (entry === undefined) return false
    entry.expiresAt = expiresAt
    this.#find(key)
    return true
  }

  #find(key: string): Entry | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined || entry.expiresAt === null || entry.expiresAt > now()) return entry
    this.#bytes -= entry.bytes
    this.#entries.delete(key)
    return undefined
  }

  #insert(key: string, entry: Entry): Entry {
    this.#entries.set(key, entry)
    this.#bytes += entry.bytes
    return entry
  }

  #grow(entry: Entry, bytes: number): void {
    entry.bytes += bytes
    this.#bytes += bytes
  }
}

const wrongType = (): RedisError => new RedisError('WRONGTYPE Operation against a key holding the wrong kind of value')
