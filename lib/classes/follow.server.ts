import 'server-only'
import { findPerson, type Person } from '@/lib/accounts/caller.server'
import type { ActorRule } from '@/lib/accounts/endpoint.server'
import { confirmMail } from '@/lib/notifications/notice-text'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { db, type Prisma } from '@/lib/platform/db.server'
import { sendMail } from '@/lib/platform/email.server'
import { newId } from '@/lib/platform/id'
import { requireWithinRate } from '@/lib/platform/rate-limit.server'
import { isOfSeries } from './belonging.server'
import { type FollowChoices, type FollowState, type FollowWish, NOTHING_ASKED } from './follow'
import { noticeLinks } from './notice-link.server'

/** Whoever asks for a mail need not own the address: a stranger's inbox gets few of them, and one person asks for few. */
const ASKS_TO_ONE_ADDRESS = { limit: 5, windowSeconds: 86_400 }
const ASKS_OF_ONE_PERSON = { limit: 10, windowSeconds: 86_400 }
/** Whoever throws the cookie away is another person each time; a studio that signs up after class is not that many. */
const ASKS_FROM_ONE_PLACE = { limit: 60, windowSeconds: 3_600 }

type FollowRow = Prisma.SeriesFollowGetPayload<Record<never, never>>

export type ReaderOfSeries = { readonly seriesId: string; readonly hostId: string; readonly person: Person | undefined }
/** Whoever looks at a series, by name where this trainer knows one: the link is the right to be there. */
export const readerOfSeries: ActorRule<ReaderOfSeries, { seriesId: string }> = {
  name: 'whoever looks at the series',
  async resolve(request, { seriesId }) {
    const series = await db.classSeries.findUnique({ where: { id: seriesId }, select: { hostId: true } })
    if (!series) throw new AppError('not_found', 'There is no such class.')
    return { seriesId, hostId: series.hostId, person: await findPerson(request, { trainerId: series.hostId }) }
  },
}

/** What somebody has asked to hear of a series; for a stranger and who never asked, nothing. */
export async function getFollow(seriesId: string, personId: string | undefined): Promise<FollowState> {
  if (personId === undefined) return { ...NOTHING_ASKED, hearsThread: false, email: null, address: 'none' }
  const [row, credential, hearsThread] = await Promise.all([
    db.seriesFollow.findUnique({ where: { personId_seriesId: { personId, seriesId } } }),
    db.emailCredential.findUnique({ where: { personId }, select: { email: true } }),
    isOfSeries(seriesId, personId),
  ])
  const address = credential ? 'own' : row?.email == null ? 'none' : row.emailConfirmedAt === null ? 'asked' : 'confirmed'
  const choices = row === null || row.leftAt !== null ? NOTHING_ASKED : choicesOf(row)
  return { ...choices, hearsThread, email: credential?.email ?? row?.email ?? null, address }
}

const choicesOf = ({ reminders, announcements, thread, byEmail, byPush }: FollowRow): FollowChoices => ({ reminders, announcements, thread, byEmail, byPush })

/** The same for somebody the trainer does not know yet: a guest without a name, who says it when they join. `from`: the caller's address. */
export async function followSeries(
  series: { seriesId: string; hostId: string },
  caller: Person | undefined,
  wish: FollowWish,
  from: string,
): Promise<{ personId: string; state: FollowState }> {
  if (!caller && !wish.byEmail && !wish.byPush) return { personId: '', state: await getFollow(series.seriesId, undefined) }
  if (!caller && wish.byEmail && wish.email === undefined) throw addressMissing()
  if (caller?.kind !== 'account' && wish.byEmail && wish.email !== undefined) await requireWithinRate('follow from one place', from, ASKS_FROM_ONE_PLACE)
  const personId = caller?.personId ?? (await db.person.create({ data: { id: newId('per'), name: '', guestOfId: series.hostId } })).id
  return { personId, state: await changeFollow(series.seriesId, personId, wish) }
}

/**
 * Sets what a person hears. An address that a guest typed is asked for its confirmation first and gets nothing else until then. Throws
 * `invalid_input` without an address to mail to, `too_many_requests`, and `unavailable` when the confirmation cannot be sent.
 */
export async function changeFollow(seriesId: string, personId: string, { email, timezone, ...choices }: FollowWish): Promise<FollowState> {
  const key = { personId_seriesId: { personId, seriesId } }
  const person = await db.person.findUniqueOrThrow({ where: { id: personId }, include: { credential: true, follows: { where: { seriesId } } } })
  const [row] = person.follows
  const ownEmail = person.credential?.email ?? null
  const typed = ownEmail === null ? email : undefined
  if (choices.byEmail && ownEmail === null && (typed ?? row?.email) == null) throw addressMissing()
  const ask = typed !== undefined && choices.byEmail && (typed !== row?.email || row.emailConfirmedAt === null)
  if (ask) {
    await requireWithinRate('follow by address', typed, ASKS_TO_ONE_ADDRESS)
    await requireWithinRate('follow by person', personId, ASKS_OF_ONE_PERSON)
  }
  const data = {
    ...choices,
    ...(ask ? { email: typed, emailConfirmedAt: null } : {}),
    // Who asks again is back.
    ...(choices.byEmail || choices.byPush ? { leftAt: null } : {}),
  }
  const saved = await db.seriesFollow.upsert({ where: key, create: { personId, seriesId, ...data, createdAt: new Date(now()) }, update: data })
  if (timezone !== undefined) await keepTimezone(personId, timezone)
  if (ask) await askToConfirm(saved, typed)
  return await getFollow(seriesId, personId)
}

async function askToConfirm(row: FollowRow, to: string): Promise<void> {
  const series = await db.classSeries.findUniqueOrThrow({ where: { id: row.seriesId }, include: { host: true } })
  const { choices, stop } = await noticeLinks(row)
  await sendMail({ to, ...confirmMail({ title: series.title, trainer: series.host.name }, choices), stopUrl: stop })
}

/** What they said themselves stands. */
async function keepTimezone(personId: string, timezone: string): Promise<void> {
  const { count } = await db.profile.updateMany({ where: { personId, timezone: null }, data: { timezone } })
  if (count === 0) await db.profile.createMany({ data: { personId, timezone }, skipDuplicates: true })
}

/** The address said yes, by its link. Saying it twice is the same. */
export async function confirmFollow(personId: string, seriesId: string): Promise<void> {
  await db.seriesFollow.updateMany({ where: { personId, seriesId, email: { not: null }, emailConfirmedAt: null }, data: { emailConfirmedAt: new Date(now()) } })
}

/** Nothing more about this series, by no way; it can be asked for again. */
export async function stopFollow(personId: string, seriesId: string): Promise<void> {
  await db.seriesFollow.updateMany({ where: { personId, seriesId }, data: NOTHING_ASKED })
}

export type FollowedSeries = { readonly seriesId: string; readonly title: string; readonly trainer: string; readonly trainerId: string; readonly state: FollowState }

/** Every series that an account has said something about and has not left, for its own page. */
export async function listFollows(personId: string): Promise<FollowedSeries[]> {
  const rows = await db.seriesFollow.findMany({ where: { personId, leftAt: null }, include: { series: { include: { host: true } } }, orderBy: { createdAt: 'asc' } })
  return await Promise.all(
    rows.map(async ({ series }) => ({
      ...{ seriesId: series.id, title: series.title, trainer: series.host.name, trainerId: series.hostId },
      state: await getFollow(series.id, personId),
    })),
  )
}

const addressMissing = (): AppError => new AppError('invalid_input', 'Type the address that we may write to.', { email: 'Type the address that we may write to.' })
