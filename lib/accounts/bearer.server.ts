import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { randomToken, sha256 } from '@/lib/platform/crypto.server'
import { type Db, db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import type { DeviceScope } from './device'

/** What a bearer opens: `summary` one person's summary of one class, `recorder` appending to one recorder, the others see `device.ts`. */
export type BearerScope = 'phone' | 'panel' | 'recorder' | 'summary' | DeviceScope

const HOUR_MS = 3600 * 1000
const DAY_MS = 24 * HOUR_MS
/** How long each lives; a phone's slides with use. */
const LIFE_MS: Readonly<Record<BearerScope, number>> = {
  phone: 90 * DAY_MS,
  panel: HOUR_MS,
  recorder: 8 * DAY_MS,
  summary: 90 * DAY_MS,
  screen: 12 * HOUR_MS,
  tv: 12 * HOUR_MS,
  class_tv: 12 * HOUR_MS,
  remote: 12 * HOUR_MS,
}
const SLIDING: ReadonlySet<string> = new Set<BearerScope>(['phone'])
/** Use is written down this often at most, so that a busy uploader does not rewrite its row on each call. */
const TOUCH_MS = 60_000

export type BearerRow = {
  readonly id: string
  readonly personId: string
  readonly scope: string
  readonly classId: string | null
  readonly recorderId: string | null
}
export type ListedBearer = {
  bearerId: string
  scope: string
  classId: string | null
  label: string
  createdAt: number
  lastUsedAt: number | null
  expiresAt: number
}

/** Makes one and returns the token, which is never stored and cannot be read again. `label` is how its owner knows it. */
export async function mintBearer(
  wanted: { personId: string; scope: BearerScope; label: string; classId?: string; recorderId?: string },
  tx: Db = db,
): Promise<{ bearerId: string; token: string; expiresAt: number }> {
  const token = randomToken()
  const expiresAt = now() + LIFE_MS[wanted.scope]
  const row = await tx.bearer.create({ data: { ...wanted, id: newId('brr'), tokenHash: sha256(token), expiresAt: new Date(expiresAt) } })
  return { bearerId: row.id, token, expiresAt }
}

/** The bearer that a token stands for, if it has one of these scopes and is neither expired nor revoked. */
export async function findBearerRow(token: string, ...scopes: readonly BearerScope[]): Promise<BearerRow | undefined> {
  const at = now()
  const row = await db.bearer.findUnique({ where: { tokenHash: sha256(token) } })
  const scope = scopes.find((one) => one === row?.scope)
  if (!row || !scope || row.revokedAt !== null || row.expiresAt.getTime() <= at) return undefined
  if (row.lastUsedAt === null || at - row.lastUsedAt.getTime() > TOUCH_MS) {
    const expiresAt = SLIDING.has(scope) ? new Date(at + LIFE_MS[scope]) : row.expiresAt
    await db.bearer.updateMany({ where: { id: row.id }, data: { lastUsedAt: new Date(at), expiresAt } })
  }
  return { id: row.id, personId: row.personId, scope, classId: row.classId, recorderId: row.recorderId }
}

/** What the account page shows: everything that still opens something, newest first. Recorder grants die by themselves and are left out. */
export async function listBearers(personId: string): Promise<ListedBearer[]> {
  const rows = await db.bearer.findMany({
    where: { personId, revokedAt: null, expiresAt: { gt: new Date(now()) }, scope: { not: 'recorder' } },
    orderBy: { createdAt: 'desc' },
  })
  return rows.map((row) => ({
    bearerId: row.id,
    scope: row.scope,
    classId: row.classId,
    label: row.label,
    createdAt: row.createdAt.getTime(),
    lastUsedAt: row.lastUsedAt?.getTime() ?? null,
    expiresAt: row.expiresAt.getTime(),
  }))
}

/** Ends one of a person's own. Throws `not_found` for anybody else's. Returns the class that it was for, if any. */
export async function revokeBearer(personId: string, bearerId: string, tx: Db = db): Promise<{ classId: string | null; scope: string }> {
  const { count } = await tx.bearer.updateMany({ where: { id: bearerId, personId, revokedAt: null }, data: { revokedAt: new Date(now()) } })
  if (count === 0) throw new AppError('not_found', 'This access is already gone.')
  return await tx.bearer.findUniqueOrThrow({ where: { id: bearerId }, select: { classId: true, scope: true } })
}
