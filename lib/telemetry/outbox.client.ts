import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Chunk } from './chunk'
import { isAcknowledged, MemoryOutbox, type Outbox, type SeqRange, type StoredChunk, type StoredRun } from './outbox'

type StoredDraft = { runId: string; draft: Chunk; touchedWallMs: number }
interface Schema extends DBSchema {
  runs: { key: string; value: StoredRun }
  chunks: { key: [string, number]; value: StoredChunk }
  drafts: { key: string; value: StoredDraft }
}

const ofRun = (runId: string): IDBKeyRange => IDBKeyRange.bound([runId, 0], [runId, Infinity])

/** The outbox in IndexedDB: shared by the tabs of this browser, and still there after a crash. Each change is one transaction. */
class DurableOutbox implements Outbox {
  readonly durable = true
  constructor(private readonly db: IDBPDatabase<Schema>) {}

  runs(): Promise<StoredRun[]> {
    return this.db.getAll('runs')
  }
  async addRun(run: StoredRun): Promise<void> {
    await this.db.add('runs', run)
  }
  async updateRun(runId: string, change: Partial<StoredRun>): Promise<void> {
    const tx = this.db.transaction('runs', 'readwrite')
    const run = await tx.store.get(runId)
    if (run !== undefined) await tx.store.put({ ...run, ...change })
    await tx.done
  }
  async deleteRun(runId: string): Promise<void> {
    const tx = this.db.transaction(['runs', 'chunks', 'drafts'], 'readwrite')
    await Promise.all([
      tx.objectStore('runs').delete(runId),
      tx.objectStore('chunks').delete(ofRun(runId)),
      tx.objectStore('drafts').delete(runId),
      tx.done,
    ])
  }
  async putDraft(runId: string, draft: Chunk, touchedWallMs: number): Promise<void> {
    await this.db.put('drafts', { runId, draft, touchedWallMs })
  }
  async draftTouchedWallMs(runId: string): Promise<number | null> {
    return (await this.db.get('drafts', runId))?.touchedWallMs ?? null
  }
  async adopt(runId: string): Promise<void> {
    const tx = this.db.transaction(['runs', 'chunks', 'drafts'], 'readwrite')
    const [run, stored] = await Promise.all([tx.objectStore('runs').get(runId), tx.objectStore('drafts').get(runId)])
    if (run !== undefined && run.lastSeq === null) {
      if (stored !== undefined) await tx.objectStore('chunks').put({ runId, chunk: stored.draft, refusal: null }, [runId, stored.draft.seq])
      const keys = await tx.objectStore('chunks').getAllKeys(ofRun(runId))
      await tx.objectStore('runs').put({ ...run, lastSeq: keys.at(-1)?.[1] ?? -1, adopted: true })
      await tx.objectStore('drafts').delete(runId)
    }
    await tx.done
  }
  async addChunks(runId: string, chunks: readonly Chunk[]): Promise<void> {
    const tx = this.db.transaction(['chunks', 'drafts'], 'readwrite')
    const last = chunks.at(-1)?.seq ?? -1
    const draft = await tx.objectStore('drafts').get(runId)
    if (draft !== undefined && draft.draft.seq <= last) await tx.objectStore('drafts').delete(runId)
    await Promise.all([
      ...chunks.map((chunk) => tx.objectStore('chunks').put({ runId, chunk, refusal: null }, [runId, chunk.seq])),
      tx.done,
    ])
  }
  chunks(runId: string): Promise<StoredChunk[]> {
    return this.db.getAll('chunks', ofRun(runId))
  }
  refuse(runId: string, seqs: readonly number[], code: string): Promise<void> {
    return this.#eachChunk(runId, (stored) => (seqs.includes(stored.chunk.seq) ? { ...stored, refusal: code } : stored))
  }
  acknowledge(runId: string, ranges: readonly SeqRange[]): Promise<void> {
    return this.#eachChunk(runId, (stored) => (isAcknowledged(stored, ranges) ? null : stored))
  }
  close(): void {
    this.db.close()
  }

  /** `change` gives null to delete, and the same object to leave alone. */
  async #eachChunk(runId: string, change: (stored: StoredChunk) => StoredChunk | null): Promise<void> {
    const { store, done } = this.db.transaction('chunks', 'readwrite')
    const writes = (await store.getAll(ofRun(runId))).map((stored): Promise<unknown> => {
      const key: [string, number] = [runId, stored.chunk.seq]
      const next = change(stored)
      return next === null ? store.delete(key) : next === stored ? Promise.resolve() : store.put(next, key)
    })
    await Promise.all([...writes, done])
  }
}

/** Opens the outbox and asks the browser not to throw it away when space gets short. Without IndexedDB: in memory, and it says so. */
export async function openOutbox(name = 'pulseroom-outbox'): Promise<Outbox> {
  try {
    const db = await openDB<Schema>(name, 1, {
      upgrade(fresh) {
        fresh.createObjectStore('runs', { keyPath: 'runId' })
        fresh.createObjectStore('chunks')
        fresh.createObjectStore('drafts', { keyPath: 'runId' })
      },
    })
    void globalThis.navigator?.storage?.persist?.().catch(() => false)
    return new DurableOutbox(db)
  } catch {
    return new MemoryOutbox()
  }
}
