import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { isSigned, sha256, sign } from '@/lib/platform/crypto.server'
import { randomCode } from '@/lib/platform/id'

type Sitting = { readonly classId: string; readonly participantId: string }
export type Screen = { readonly screenId: string; readonly screenToken: string }

const PURPOSE_ID = 'screen-id'
const PURPOSE_TOKEN = 'screen-token'

/**
 * One page load of one participant. The id carries when it was made and a signature over the class, so that any screen's class can be
 * checked without a table; the token, which only that page gets, proves whose screen it is.
 */
export function mintScreen({ classId, participantId }: Sitting): Screen {
  const name = `scr_${now().toString(36)}_${randomCode(16)}_${markOf(participantId)}`
  const screenId = `${name}.${sign(PURPOSE_ID, `${classId}.${name}`)}`
  return { screenId, screenToken: sign(PURPOSE_TOKEN, `${classId}.${participantId}.${screenId}`) }
}

/** Tells the screens of one person from others', and says no more than the presence that carries it. */
const markOf = (participantId: string): string => sha256(participantId).slice(0, 16)
export const isScreenOf = (screenId: string, participantId: string): boolean => screenId.split('.')[0]?.split('_')[3] === markOf(participantId)

/** Whether a screen was made for this class. */
export function isScreenOfClass(screenId: string, classId: string): boolean {
  const [name, signature, ...rest] = screenId.split('.')
  return name !== undefined && signature !== undefined && rest.length === 0 && isSigned(PURPOSE_ID, `${classId}.${name}`, signature)
}

/** Throws `not_allowed` unless this screen is this participant's, in this class. */
export function requireOwnScreen({ screenId, screenToken }: Screen, { classId, participantId }: Sitting): void {
  const own = isScreenOfClass(screenId, classId) && isSigned(PURPOSE_TOKEN, `${classId}.${participantId}.${screenId}`, screenToken)
  if (!own) throw new AppError('not_allowed', 'This screen is not in the class any more. Reload the page.')
}

/** When a screen was made, UTC ms. It orders host screens, and stays the same however often the screen reconnects. */
export const screenSince = (screenId: string): number => Number.parseInt(screenId.split('_')[1] ?? '', 36) || 0
