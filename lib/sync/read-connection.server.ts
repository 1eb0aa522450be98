import 'server-only'
import { reconcileOwnerOnly } from '@/lib/activities/owner-only-held.server'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'
import { emit } from '@/lib/platform/event.server'
import { AppError } from '@/lib/platform/app-error'
import { type Connection, Prisma } from '@/lib/platform/prisma/client'
import { connectionMade, Past, pastAsked } from './connection'
import type { Listed, Ref, Window } from './provider'
import { ProviderError, unless } from './provider-error'
import { getProvider } from './registry.server'
import { saveFound } from './save-found.server'
import { type Call, withAccess } from './tokens.server'

const DAY_MS = 86_400_000
/** What may come late: watches that were not synchronised for weeks. */
const RECENT_DAYS = 30
/** One step of reading back asks for this much, so that a step is short and its progress shows. */
const SLICE_DAYS = 30
const MAX_PAGES = 50

/** How a step ended that may go on: `at` says when, UTC ms. */
export type Progress = { readonly outcome: 'done' } | { readonly outcome: 'more' } | { readonly outcome: 'later'; readonly at: number }

/**
 * Reads what is new, and finds what a lost webhook did not tell: everything of the last weeks that is not here yet, and for a source that
 * only its owner may see also what is not there any more. Throws ProviderError, `not_found`.
 */
export async function readConnection(connectionId: string): Promise<void> {
  await withAccess(connectionId, async (call) => {
    const { capabilities } = call.provider
    if (capabilities.lists && call.connection.purposes.includes('import')) {
      const toMs = now()
      const days = capabilities.reach.kind === 'owner_only' ? Math.min(RECENT_DAYS, capabilities.reach.keepDays) : RECENT_DAYS
      const window = { fromMs: toMs - days * DAY_MS, toMs }
      const refs: Ref[] = []
      let page: string | null = null
      let pages = 0
      do {
        const listed: Listed = await call.provider.list(call.access, window, page)
        refs.push(...listed.refs)
        page = listed.next
      } while (page !== null && ++pages < MAX_PAGES)
      let strange = false
      for (const ref of await unknownOf(call, window, refs, page === null)) strange = (await understood(call, ref)) === undefined || strange
      await noteRead(call.connection)
      if (strange) throw new ProviderError(call.provider.name, 'nonsense')
    } else await noteRead(call.connection)
  })
}

/** The same for a job: what passes by itself is tried later, and the rest is on the connection's page. */
export async function readDue(connectionId: string): Promise<Progress> {
  try {
    await readConnection(connectionId)
  } catch (error) {
    if (!(error instanceof ProviderError) && !(error instanceof AppError)) throw error
    return laterOf(error) ?? { outcome: 'done' }
  }
  return { outcome: 'done' }
}

/** Its owner wants to look now. Throws `not_found`. */
export async function askToRead(personId: string, connectionId: string): Promise<void> {
  const found = await db.connection.count({ where: { id: connectionId, personId, status: { not: 'revoked' } } })
  if (found === 0) throw new AppError('not_found', 'This source is not connected. Connect it first.')
  await emit(connectionMade, { connectionId })
}

/** Reads one thing that a webhook spoke of. */
export async function readRef(connectionId: string, ref: Ref): Promise<void> {
  await withAccess(connectionId, async (call) => {
    await fetchInto(call, ref)
    await noteRead(call.connection)
  })
}

async function fetchInto({ access, provider, connection }: Call, ref: Ref): Promise<number> {
  const found = await provider.fetch(access, ref)
  for (const one of found) await saveFound(connection, provider, one)
  return found.length
}

/** One training that nobody understands keeps none of the others: undefined. */
const understood = (call: Call, ref: Ref): Promise<number | undefined> => fetchInto(call, ref).catch(unless('nonsense'))

const noteRead = async ({ id, purposes }: Connection): Promise<void> => {
  // A source that may bring nothing any more is not well because nothing failed.
  const well = purposes.length > 0 ? { lastProblem: null } : {}
  await db.connection.updateMany({ where: { id, status: { not: 'revoked' } }, data: { lastSyncAt: new Date(now()), status: 'active', ...well } })
}

/** What is not here yet. A change there is told by webhook, not found by listing. `whole`: the list is all there is in the window. */
async function unknownOf({ provider, connection }: Call, { fromMs, toMs }: Window, refs: readonly Ref[], whole: boolean): Promise<Ref[]> {
  const { reach } = provider.capabilities
  const listed = refs.flatMap(({ externalId }) => (externalId === null ? [] : [externalId]))
  const { personId } = connection
  if (reach.kind === 'owner_only') {
    // Starts at the edges may be told differently by list and recording.
    const inside = whole ? { fromMs: fromMs + DAY_MS, toMs: toMs - DAY_MS / 24 } : { fromMs: 0, toMs: 0 }
    const { known } = await reconcileOwnerOnly(personId, reach.source, { ...inside, listed })
    return refs.filter(({ externalId }) => externalId === null || !known.has(externalId))
  }
  const rows = await db.activity.findMany({ where: { personId, source: reach.source, externalId: { in: listed } }, select: { externalId: true } })
  const known = new Set(rows.map(({ externalId }) => externalId))
  return refs.filter(({ externalId }) => externalId === null || !known.has(externalId))
}

/** Its owner wants what was recorded before connecting. Throws `not_found`, `conflict` where the source gives nothing of before or is at it. */
export async function askForPast(personId: string, connectionId: string): Promise<void> {
  const connection = await db.connection.findFirst({ where: { id: connectionId, personId, status: 'active' } })
  if (!connection) throw new AppError('not_found', 'This source is not connected. Connect it first.')
  const { past } = getProvider(connection.provider).capabilities
  if (!past) throw new AppError('conflict', 'This source gives nothing from before it was connected. Bring its files instead.')
  const before = Past.safeParse(connection.backfill)
  if (before.success && before.data.state === 'running') throw new AppError('conflict', 'This is being fetched already.')
  const toMs = now()
  const backfill: Past = { state: 'running', fromMs: toMs - past.days * DAY_MS, toMs, reachedMs: toMs, page: null, found: 0, aliveMs: toMs }
  await db.connection.update({ where: { id: connectionId }, data: { backfill } })
  // The hourly sweep finds what a runner that is away was not told.
  await emit(pastAsked, { connectionId }).catch(() => undefined)
}

/**
 * One slice of the past, newest first; what it did is kept, so that a crash repeats one slice at most, and of that only what is not here
 * yet. Leaves half of the call budget to others. What stands in the way stops it; when that is gone, the sweep goes on where it stopped.
 */
export async function readPast(connectionId: string): Promise<Progress> {
  try {
    return await withAccess(connectionId, readSlice, { patient: true })
  } catch (error) {
    if (error instanceof AppError) return { outcome: 'done' } // it has ended meanwhile
    if (!(error instanceof ProviderError)) throw error
    const later = laterOf(error)
    // What another try would meet again is forgotten, and its owner may ask anew; a connection that is mended goes on.
    const isLost = later === null && error.trouble !== 'token_refused' && error.trouble !== 'grant_refused'
    if (isLost) await db.connection.updateMany({ where: { id: connectionId }, data: { backfill: Prisma.DbNull } })
    else await keepPast(connectionId, { state: 'waiting', aliveMs: later?.at ?? now() })
    return later ?? { outcome: 'done' }
  }
}

/** Goes on with reading back where no job is at it any more. */
export async function remindOfPasts(): Promise<number> {
  const states = ['running', 'waiting'].map((state) => ({ backfill: { path: ['state'], equals: state } }))
  const rows = await db.connection.findMany({ where: { status: 'active', OR: states }, select: { id: true, backfill: true } })
  const idle = rows.filter(({ backfill }) => (Past.safeParse(backfill).data?.aliveMs ?? 0) < now() - IDLE_MS)
  const hour = Math.floor(now() / 3_600_000)
  for (const { id } of idle) await emit(pastAsked, { connectionId: id }, `past:${id}:${hour}`)
  return idle.length
}
const IDLE_MS = 10 * 60_000

async function readSlice(call: Call): Promise<Progress> {
  const { access, provider, connection } = call
  const before = Past.safeParse(connection.backfill)
  if (!before.success || before.data.state === 'done') return { outcome: 'done' }
  const past = before.data
  const fromMs = Math.max(past.fromMs, past.reachedMs - SLICE_DAYS * DAY_MS)
  const window = { fromMs, toMs: past.reachedMs }
  if (provider.askForPast) {
    // It comes by webhook; asking twice for the same days is refused there, and is no failure.
    await provider.askForPast(access, window).catch(unless('conflict'))
    const end = fromMs <= past.fromMs
    await keepPast(connection.id, { state: end ? 'asked' : 'running', reachedMs: fromMs })
    return { outcome: end ? 'done' : 'more' }
  }
  const { refs, next } = await provider.list(access, window, past.page)
  let found = past.found
  for (const ref of await unknownOf(call, window, refs, false)) {
    found += (await understood(call, ref)) ?? 0
    await keepPast(connection.id, { state: 'running', found })
  }
  const reachedMs = next === null ? fromMs : past.reachedMs
  const done = next === null && fromMs <= past.fromMs
  await keepPast(connection.id, { state: done ? 'done' : 'running', reachedMs, page: next, found })
  return { outcome: done ? 'done' : 'more' }
}

/** A part changes what is kept; nothing where it was forgotten meanwhile. */
async function keepPast(connectionId: string, change: Partial<Past>): Promise<void> {
  const part = JSON.stringify({ aliveMs: now(), ...change })
  await db.$executeRaw`UPDATE connections SET backfill = backfill || ${part}::jsonb WHERE id = ${connectionId} AND backfill IS NOT NULL`
}

const PATIENCE_MS = 60_000

/** When to try again after a failure that passes; null: it will not pass by itself. */
export function laterOf(error: unknown): { readonly outcome: 'later'; readonly at: number } | null {
  if (!(error instanceof ProviderError) || (error.trouble !== 'limited' && error.trouble !== 'away')) return null
  return { outcome: 'later', at: Math.max(error.retryAt ?? 0, now() + PATIENCE_MS) }
}
