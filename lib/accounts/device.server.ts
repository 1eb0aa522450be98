import 'server-only'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'
import { env } from '@/lib/platform/env.server'
import { findCookie } from '@/lib/platform/http.server'
import { findBearerRow, mintBearer } from './bearer.server'
import type { DeviceScope } from './device'

/** Another device in one class. It opens that class and nothing else, for 12 hours at most and never longer than the class is open. */
export type Device = { readonly bearerId: string; readonly personId: string; readonly classId: string; readonly scope: DeviceScope }

export const deviceCookieName = (classId: string): string => `pulseroom.device.${classId}`

/** Makes the bearer and the `Set-Cookie` that carries it. */
export async function admitDevice(device: {
  readonly personId: string
  readonly classId: string
  readonly scope: DeviceScope
  readonly label: string
}): Promise<{ bearerId: string; setCookie: string }> {
  const { token, bearerId, expiresAt } = await mintBearer(device)
  const seconds = Math.floor((expiresAt - now()) / 1000)
  const secure = env().APP_URL.startsWith('https:') ? '; Secure' : ''
  return { bearerId, setCookie: `${deviceCookieName(device.classId)}=${token}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}` }
}

/** The device that a cookie's value stands for in this class, if it has one of these scopes and the class is still open. */
export async function findDevice(token: string | undefined, classId: string, scopes: readonly DeviceScope[]): Promise<Device | undefined> {
  if (token === undefined) return undefined
  const row = await findBearerRow(token, ...scopes)
  return row && (await findLiveDevice(row.id, classId, scopes))
}

/** A device by its id, while it is neither revoked nor expired and its class is open. */
export async function findLiveDevice(bearerId: string, classId: string, scopes: readonly DeviceScope[]): Promise<Device | undefined> {
  const row = await db.bearer.findUnique({
    where: {
      ...{ id: bearerId, classId, revokedAt: null, expiresAt: { gt: new Date(now()) } },
      liveClass: { closedAt: null, status: { not: 'cancelled' } },
    },
  })
  const scope = scopes.find((one) => one === row?.scope)
  return row && scope ? { bearerId, personId: row.personId, classId, scope } : undefined
}

export const findDeviceOfRequest = (request: Request, classId: string, scopes: readonly DeviceScope[]): Promise<Device | undefined> =>
  findDevice(findCookie(request, deviceCookieName(classId)), classId, scopes)
