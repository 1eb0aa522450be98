import 'server-only'
import { getShareable } from '@/lib/activities/activity-reading.server'
import { writeFit } from '@/lib/formats/fit-writer'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'
import { emit } from '@/lib/platform/event.server'
import { newId } from '@/lib/platform/id'
import type { Connection, Sending } from '@/lib/platform/prisma/client'
import { Purpose, type Upload, type UploadState } from './provider'
import { ProviderError, type ProviderTrouble } from './provider-error'
import { laterOf, type Progress } from './read-connection.server'
import { getProvider, providers } from './registry.server'
import { sendingAsked, SendingProblem, type SendTarget } from './sending'
import { withAccess } from './tokens.server'

/** Longer than a call to a provider with a renewed token takes. */
const HOLD_MS = 60_000
/** Providers take about two seconds; whoever takes longer is asked less and less often. */
const SOON_MS = 1_500
/** What lasts for longer than this is told, and tried again only when its owner says so. */
const GIVE_UP_MS = 86_400_000

/** Only our own record of a class: what came from one provider is not handed to another. */
const ownRecord = (personId: string, activityId: string) => ({ id: activityId, personId, source: 'class_recording' as const, removedAt: null })
/** While its samples are kept. */
const isSendable = async (personId: string, activityId: string): Promise<boolean> =>
  (await db.activity.count({ where: { ...ownRecord(personId, activityId), recording: { not: null } } })) > 0

/**
 * Where its owner may send an activity of theirs, and how far that is. Empty for everything but their own record of a class; of one whose
 * samples are not kept any more, only what became of it.
 */
export async function listSendTargets(personId: string, activityId: string): Promise<SendTarget[]> {
  const takers = providers().filter((provider) => provider.uploads && provider.isSetUp())
  if (takers.length === 0 || (await db.activity.count({ where: ownRecord(personId, activityId) })) === 0) return []
  const sendable = await isSendable(personId, activityId)
  const connections = await db.connection.findMany({
    where: { personId, provider: { in: takers.map(({ name }) => name) } },
    include: { sendings: { where: { activityId } } },
  })
  return takers.flatMap(({ name: provider }) => {
    const connection = connections.find((one) => one.provider === provider)
    const sending = connection?.sendings[0] ? shown(connection.sendings[0]) : null
    if (!sendable && sending === null) return []
    return { provider, ...accessOf(connection), sending: sendable || sending?.state !== 'refused' ? sending : { ...sending, problem: 'no_samples' as const } }
  })
}

function accessOf(connection: Connection | undefined): Pick<SendTarget, 'access' | 'purposes'> {
  const before = connection && connection.status !== 'revoked' ? Purpose.array().catch([]).parse(connection.purposes) : []
  const purposes = [...new Set<Purpose>([...before, 'upload'])]
  if (!connection || connection.status === 'revoked') return { access: 'not_connected', purposes }
  if (connection.status === 'needs_reconnect') return { access: 'reconnect', purposes }
  return { access: before.includes('upload') ? 'ready' : 'not_allowed', purposes }
}

const shown = ({ state, url, problem, retryAt, endedAt }: Sending): NonNullable<SendTarget['sending']> => ({
  ...{ state, url, retryAt: retryAt?.getTime() ?? null, endedAt: endedAt?.getTime() ?? null },
  problem: SendingProblem.nullable().catch(null).parse(problem),
})

/**
 * Its owner taps "Send". What is on its way or there already stays as it is; what was refused is tried again. Throws `not_found`, `conflict`
 * for what may not be sent.
 */
export async function askToSend(personId: string, activityId: string, name: string): Promise<void> {
  const provider = getProvider(name)
  if (!provider.uploads || !(await isSendable(personId, activityId)))
    throw new AppError('conflict', 'Only what Pulseroom itself recorded in a class can be sent on.')
  const connection = await db.connection.findFirst({ where: { personId, provider: name, status: 'active' } })
  if (!connection) throw new AppError('not_found', 'This source is not connected. Connect it first.')
  if (accessOf(connection).access !== 'ready')
    throw new AppError('conflict', 'You have not allowed Pulseroom to send recordings there. Connect it again and tick it.')
  const key = { activityId, connectionId: connection.id }
  const anew = { state: 'sending' as const, uploadId: null, url: null, problem: null, retryAt: null, endedAt: null, askedAt: new Date(now()) }
  await db.sending.createMany({ data: { id: newId('snd'), personId, ...key, ...anew }, skipDuplicates: true })
  await db.sending.updateMany({ where: { ...key, state: 'refused' }, data: anew })
  const { id, state, askedAt } = await db.sending.findUniqueOrThrow({ where: { activityId_connectionId: key } })
  // The hourly sweep finds what a runner that is away was not told.
  if (state === 'sending') await emit(sendingAsked, { sendingId: id }, `${id}:${askedAt.getTime()}`).catch(() => undefined)
}

/**
 * One step of handing a record over: gives the file, then asks what became of it. A file that was taken is never given again, however often
 * this runs and whoever else does. Where its answer was lost, it is given again with the same bytes and name, and the provider knows it.
 */
export async function carrySending(sendingId: string): Promise<Progress> {
  const free = [{ heldUntil: null }, { heldUntil: { lte: new Date(now()) } }]
  const heldUntil = new Date(now() + HOLD_MS)
  const [held] = await db.sending.updateManyAndReturn({ where: { id: sendingId, state: 'sending', OR: free }, data: { heldUntil } })
  if (!held) {
    const other = await db.sending.findFirst({ where: { id: sendingId, state: 'sending' }, select: { heldUntil: true } })
    return other ? { outcome: 'later', at: other.heldUntil?.getTime() ?? now() } : { outcome: 'done' }
  }
  try {
    return await follow(held, await ask(held))
  } catch (error) {
    // Ended, or deleted by its owner meanwhile.
    if (error instanceof AppError) await db.sending.deleteMany({ where: { id: sendingId } })
    if (!(error instanceof ProviderError)) {
      if (error instanceof AppError) return { outcome: 'done' }
      throw error
    }
    return await explain(held, error)
  }
}

type Answer = UploadState | { readonly outcome: 'no_samples' | 'not_allowed' }

async function ask({ personId, activityId, connectionId, uploadId }: Sending): Promise<Answer> {
  return await withAccess(connectionId, async ({ access, provider: { uploads }, connection }): Promise<Answer> => {
    if (!uploads || !connection.purposes.includes('upload')) return { outcome: 'not_allowed' }
    if (uploadId !== null) return await uploads.ask(access, uploadId)
    const { recording, title, sport, classId } = await getShareable(personId, activityId)
    if (!recording) return { outcome: 'no_samples' }
    const upload: Upload = { fit: writeFit(recording), externalId: `pulseroom-${classId ?? activityId}`, title: title ?? 'Live class', sport }
    return await uploads.send(access, upload)
  })
}

async function follow({ id, askedAt }: Sending, answer: Answer): Promise<Progress> {
  const ended = { heldUntil: null, retryAt: null, endedAt: new Date(now()) }
  const old = askedAt.getTime() + GIVE_UP_MS < now()
  if (answer.outcome === 'waiting' && !old) {
    const at = now() + Math.max(SOON_MS, (now() - askedAt.getTime()) / 4)
    // Its job wakes by itself: the sweep looks for those whose time is over.
    await change(id, { uploadId: answer.uploadId, problem: null, retryAt: new Date(at), heldUntil: null })
    return { outcome: 'later', at }
  }
  if (answer.outcome === 'done') await change(id, { ...ended, state: 'sent', url: answer.url, problem: null })
  else if (answer.outcome === 'duplicate') await change(id, { ...ended, state: 'duplicate', url: answer.url, problem: null })
  else await change(id, { ...ended, state: 'refused', problem: REFUSED[answer.outcome] })
  return { outcome: 'done' }
}

const REFUSED = { refused: 'unreadable', waiting: 'unclear', no_samples: 'no_samples', not_allowed: 'not_allowed' } as const satisfies Record<string, SendingProblem>
const PROBLEM: Readonly<Record<ProviderTrouble, SendingProblem>> = {
  ...{ token_refused: 'reconnect', grant_refused: 'reconnect', not_allowed: 'not_allowed', limited: 'limited', away: 'away' },
  ...{ nonsense: 'unclear', gone: 'unclear', conflict: 'unclear' },
}

async function explain({ id, askedAt }: Sending, error: ProviderError): Promise<Progress> {
  const problem = PROBLEM[error.trouble]
  const later = laterOf(error)
  if (later && askedAt.getTime() + GIVE_UP_MS > now()) {
    await change(id, { problem, retryAt: new Date(later.at), heldUntil: null })
    return later
  }
  await change(id, { state: 'refused', problem, retryAt: null, heldUntil: null, endedAt: new Date(now()) })
  return { outcome: 'done' }
}

/** Where it ended meanwhile there is nothing to change. */
const change = async (id: string, data: Partial<Omit<Sending, 'id'>>): Promise<void> => {
  await db.sending.updateMany({ where: { id, state: 'sending' }, data })
}
