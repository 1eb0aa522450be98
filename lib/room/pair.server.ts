import 'server-only'
import type { Audience, OfferedCode, Redeemed, ScreenPart, TvClaim } from '@/lib/accounts/device'
import { admitDevice } from '@/lib/accounts/device.server'
import { approveTv, claimTv, offerCode, takeCode } from '@/lib/accounts/pairing.server'
import type { Participant } from '@/lib/classes/actor.server'
import { AppError } from '@/lib/platform/app-error'
import { db } from '@/lib/platform/db.server'

/** Other devices of a class, from the code to the cookie. Errors are those of `pairing.server.ts`, and `class_over`. */

/** A code by which another device becomes this person's second screen, or the trainer's remote. */
export async function offerDevice(seat: Participant, wanted: { kind: 'screen'; part: ScreenPart } | { kind: 'remote' }): Promise<OfferedCode> {
  const { classId, personId, role } = seat
  if (wanted.kind === 'remote' && role !== 'host') throw new AppError('not_allowed', 'Only the trainer has a remote.')
  await requireOpen(classId)
  return await offerCode({ ...wanted, personId, classId })
}

/** What the code makes of this device. `from`: the caller's address. */
export async function redeemCode(code: string, from: string): Promise<{ redeemed: Redeemed; setCookie: string }> {
  const offer = await takeCode(code, ['screen', 'remote'], from)
  await requireOpen(offer.classId)
  const { personId, classId, kind } = offer
  const label = kind === 'remote' ? 'Remote control' : offer.part === 'sensor' ? 'Phone for heart rate' : 'Bigger screen'
  const { setCookie } = await admitDevice({ personId, classId, scope: kind, label })
  return { redeemed: kind === 'remote' ? { kind, classId } : { kind, classId, part: offer.part }, setCookie }
}

/** The trainer lets a television in. */
export async function letTvIn({ classId, personId }: Participant, code: string, audience: Audience, from: string): Promise<void> {
  await requireOpen(classId)
  await approveTv(code, { personId, classId, audience }, from)
}

/** What a television asks every two seconds, with its own secret. */
export async function askAsTv(secret: string): Promise<{ claim: TvClaim; setCookie: string | null }> {
  const approval = await claimTv(secret)
  if (!approval) return { claim: { outcome: 'waiting' }, setCookie: null }
  const { personId, classId, audience } = approval
  const { setCookie } = await admitDevice({ personId, classId, scope: audience === 'class' ? 'class_tv' : 'tv', label: 'TV' })
  return { claim: { outcome: 'approved', classId }, setCookie }
}

async function requireOpen(classId: string): Promise<void> {
  const { closedAt, status } = await db.liveClass.findUniqueOrThrow({ where: { id: classId }, select: { closedAt: true, status: true } })
  if (closedAt !== null || status === 'cancelled') throw new AppError('class_over', 'This class is over.')
}
