import 'server-only'
import { findBearerRow, mintBearer, revokeBearer } from '@/lib/accounts/bearer.server'
import type { ActorRule } from '@/lib/accounts/endpoint.server'
import { summaryMail } from '@/lib/notifications/mail-text'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { db, type Prisma } from '@/lib/platform/db.server'
import { sendMail } from '@/lib/platform/email.server'
import { env } from '@/lib/platform/env.server'
import { findBearer } from '@/lib/platform/http.server'
import { log } from '@/lib/platform/log.server'
import { requireWithinRate } from '@/lib/platform/rate-limit.server'
import type { OwnSummary } from './own-summary'
import { findOwnSummary } from './own-summary.server'
import { SummaryFigures } from './summary'

/** An account that signs up days later is not sent the mails of the past. */
const MAIL_WITHIN_MS = 86_400_000

/** A family may train on one address; nobody is mailed more often by however many guests. */
const MAILS_TO_ONE_ADDRESS = { limit: 10, windowSeconds: 86_400 }

/** The summary that a link from a mail opens; undefined once it expired or was revoked. */
export async function findSummaryByLink(token: string): Promise<OwnSummary | undefined> {
  const row = await findBearerRow(token, 'summary')
  return row?.classId == null ? undefined : await findOwnSummary(row.classId, row.personId)
}

export type LinkHolder = { readonly bearerId: string; readonly personId: string; readonly classId: string }
/** Whoever holds the link: its token, sent as a bearer. */
export const summaryLinkHolder: ActorRule<LinkHolder> = {
  name: 'whoever holds the summary link',
  async resolve(request) {
    const token = findBearer(request)
    const row = token === undefined ? undefined : await findBearerRow(token, 'summary')
    if (row?.classId == null) throw new AppError('expired', 'This link does not work any more.')
    return { bearerId: row.id, personId: row.personId, classId: row.classId }
  },
}
export async function revokeSummaryLink({ personId, bearerId }: LinkHolder): Promise<void> {
  await revokeBearer(personId, bearerId)
}

/**
 * A guest leaves an address for the link to this one summary. Sent at once when the summary is final, else when it is. Asking again,
 * with another address or the same, sends another link. Throws `too_many_requests`: whoever leaves an address need not own it.
 */
export async function leaveAddress(classId: string, personId: string, email: string): Promise<void> {
  await requireWithinRate('summary mail', email, MAILS_TO_ONE_ADDRESS)
  const key = { classId_personId: { classId, personId } }
  await db.$transaction([
    db.summaryAddress.upsert({ where: key, create: { classId, personId, email }, update: { email } }),
    db.summary.updateMany({ where: { classId, personId }, data: { mailedAt: null } }),
  ])
  await mailSummaries({ classId, personId })
}

/**
 * Mails a link, and never a value, to those who have an address, once and only when the summary is final. An account is not mailed
 * about a class without a figure. Returns how many went out; one that the mail server does not take is tried with the next sweep.
 */
export async function mailSummaries(of: { classId?: string; personId?: string } = {}): Promise<number> {
  const recent = of.classId === undefined ? { liveClass: { workoutEndedAt: { gt: new Date(now() - MAIL_WITHIN_MS) } } } : {}
  const rows = await db.summary.findMany({
    where: {
      ...of,
      ...recent,
      status: 'final',
      dirty: false,
      mailedAt: null,
      OR: [{ person: { addresses: { some: {} } } }, { person: { credential: { isNot: null } }, ...WORTH_A_MAIL }],
    },
    include: WITH_ADDRESS,
    take: 200,
  })
  let sent = 0
  for (const row of rows) {
    try {
      if (await mailOne(row)) sent += 1
    } catch (error) {
      log.warn({ err: error, classId: row.classId }, 'a summary could not be mailed')
    }
  }
  return sent
}

const WORTH_A_MAIL: Prisma.SummaryWhereInput = {
  OR: [{ figures: { path: ['measuredSeconds'], gt: 0 } }, { figures: { path: ['effort', 'count'], gt: 0 } }],
}
const WITH_ADDRESS = {
  liveClass: { include: { series: { include: { host: true } }, addresses: true } },
  person: { include: { credential: true } },
} as const
type Row = Prisma.SummaryGetPayload<{ include: typeof WITH_ADDRESS }>

async function mailOne({ id, classId, personId, figures, liveClass, person }: Row): Promise<boolean> {
  const { series, addresses } = liveClass
  const left = addresses.find((address) => address.personId === personId)?.email
  const { measuredSeconds, effort } = SummaryFigures.parse(figures)
  const worthIt = personId !== series.hostId && (measuredSeconds > 0 || effort.count > 0)
  const to = left ?? (worthIt ? person.credential?.email : undefined)
  if (to === undefined) return false
  // Claimed before it is sent: two sweeps at once send one mail.
  const claim = await db.summary.updateMany({ where: { id, mailedAt: null, dirty: false }, data: { mailedAt: new Date(now()) } })
  if (claim.count === 0) return false
  const title = liveClass.title ?? series.title
  const { token, bearerId } = await mintBearer({ personId, scope: 'summary', label: `Link to the summary of ${title}`, classId })
  try {
    await sendMail({ to, ...summaryMail({ title, hostName: series.host.name, link: `${env().APP_URL}/s/${token}` }) })
  } catch (error) {
    await db.summary.update({ where: { id }, data: { mailedAt: null } })
    await revokeBearer(personId, bearerId)
    throw error
  }
  await db.summaryAddress.deleteMany({ where: { classId, personId } })
  return true
}
