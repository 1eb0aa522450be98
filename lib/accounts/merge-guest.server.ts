import 'server-only'
import type { Db } from '@/lib/platform/db.server'
import { narrower } from './consent'
import { findConsents, recordConsent } from './consent.server'

/**
 * Everything that belongs to a guest moves to an account that turned out to be the same human. Where both sat in one class, the
 * account keeps its seat and takes over the guest's recordings, time present and removal; its summary is computed again. Consents never
 * widen by it. The guest's row stays, pointing at the account, and its cookie proves nothing any more. Runs inside the caller's transaction.
 */
export async function mergeGuest(tx: Db, guestId: string, accountId: string): Promise<void> {
  // Both rows first, in one order, so that two merges of the same people wait for each other.
  await tx.$queryRaw`select id from people where id in (${guestId}, ${accountId}) order by id for update`
  await moveSharedClasses(tx, guestId, accountId)
  const to = { data: { personId: accountId } }
  const of = { where: { personId: guestId } }
  await tx.participant.updateMany({ ...of, ...to })
  await tx.recorder.updateMany({ ...of, ...to })
  // Looked at again, because an account has a history that the recordings appear in.
  await tx.summary.updateMany({ ...of, data: { ...to.data, dirty: true } })
  await tx.message.updateMany({ ...of, ...to })
  await moveBookings(tx, guestId, accountId)
  await moveConsents(tx, guestId, accountId)
  await tx.bearer.updateMany({ ...of, ...to })
  // An address left twice for one class is one address: the account's.
  await tx.$executeRaw`
    delete from summary_addresses gone using summary_addresses kept
    where gone."personId" = ${guestId} and kept."personId" = ${accountId} and kept."classId" = gone."classId"`
  await tx.summaryAddress.updateMany({ ...of, ...to })
  await moveNotices(tx, guestId, accountId)
  await moveProfile(tx, guestId, accountId)
  await tx.signInChallenge.updateMany({ where: { claimPersonId: guestId }, data: { claimPersonId: null } })
  // And whoever was found to be this guest before.
  await tx.person.updateMany({ where: { OR: [{ id: guestId }, { mergedIntoId: guestId }] }, data: { mergedIntoId: accountId } })
}

async function moveSharedClasses(tx: Db, guestId: string, accountId: string): Promise<void> {
  const seats = await tx.participant.findMany({
    where: { personId: guestId, liveClass: { participants: { some: { personId: accountId } } } },
    select: { id: true, classId: true },
  })
  for (const seat of seats) {
    const kept = await tx.participant.findUniqueOrThrow({
      where: { classId_personId: { classId: seat.classId, personId: accountId } },
      select: { id: true },
    })
    await tx.$executeRaw`
      update participants kept
      set present_s = kept.present_s + gone.present_s,
          "firstSeenAt" = least(kept."firstSeenAt", gone."firstSeenAt"),
          "lastSeenAt" = greatest(kept."lastSeenAt", gone."lastSeenAt"),
          -- A trainer who once joined as a guest, and was removed as one, is not shut out of their own class.
          "removedAt" = case when kept.role = 'host' then null else coalesce(kept."removedAt", gone."removedAt") end,
          "heartRateReach" = coalesce(kept."heartRateReach", gone."heartRateReach")
      from participants gone
      where kept.id = ${kept.id} and gone.id = ${seat.id}`
    await tx.recorder.updateMany({ where: { participantId: seat.id }, data: { participantId: kept.id, personId: accountId } })
    const { count } = await tx.summary.updateMany({ where: { classId: seat.classId, personId: accountId }, data: { dirty: true } })
    if (count > 0) await tx.summary.deleteMany({ where: { classId: seat.classId, personId: guestId } })
    else await tx.summary.updateMany({ where: { classId: seat.classId, personId: guestId }, data: { personId: accountId, dirty: true } })
    await tx.participant.delete({ where: { id: seat.id } })
  }
}

/** One booking a class stays: the one that is worth more, of two alike the one that asked first. */
async function moveBookings(tx: Db, guestId: string, accountId: string): Promise<void> {
  await tx.$executeRaw`
    delete from bookings gone using bookings kept
    where gone."classId" = kept."classId" and gone."personId" in (${guestId}, ${accountId}) and kept."personId" in (${guestId}, ${accountId})
      and (array_position('{booked,waiting,cancelled}', kept.status::text), kept."askedAt", kept.id)
        < (array_position('{booked,waiting,cancelled}', gone.status::text), gone."askedAt", gone.id)`
  await tx.booking.updateMany({ where: { personId: guestId }, data: { personId: accountId } })
}

/** The newest word counts, so a guest's would undo what the account had refused this trainer: where both have spoken, the narrower holds. */
async function moveConsents(tx: Db, guestId: string, accountId: string): Promise<void> {
  const { guestOfId } = await tx.person.findUniqueOrThrow({ where: { id: guestId }, select: { guestOfId: true } })
  const own = guestOfId === null ? undefined : await findConsents(accountId, guestOfId, tx)
  const guests = guestOfId === null ? undefined : await findConsents(guestId, guestOfId, tx)
  await tx.consent.updateMany({ where: { personId: guestId }, data: { personId: accountId } })
  if (guestOfId !== null && own && guests) await recordConsent(accountId, guestOfId, narrower(own, guests), tx)
}

/**
 * What the account asked to hear stands; of a series of which it said nothing, the guest's word counts, and goes to the account's own
 * address where it has one. What either was told is not told again.
 */
async function moveNotices(tx: Db, guestId: string, accountId: string): Promise<void> {
  const to = { data: { personId: accountId } }
  const of = { where: { personId: guestId } }
  await tx.$executeRaw`
    delete from series_follows gone using series_follows kept
    where gone."personId" = ${guestId} and kept."personId" = ${accountId} and kept."seriesId" = gone."seriesId"`
  const hasAddress = (await tx.emailCredential.count({ where: { personId: accountId } })) > 0
  await tx.seriesFollow.updateMany({ ...of, data: { personId: accountId, ...(hasAddress ? { email: null, emailConfirmedAt: null } : {}) } })
  await tx.$executeRaw`
    delete from push_subscriptions gone using push_subscriptions kept
    where gone."personId" = ${guestId} and kept."personId" = ${accountId} and kept.endpoint = gone.endpoint`
  await tx.pushSubscription.updateMany({ ...of, ...to })
  await tx.$executeRaw`
    delete from sent_notices gone using sent_notices kept
    where gone."personId" = ${guestId} and kept."personId" = ${accountId} and kept.about = gone.about and kept.channel = gone.channel`
  await tx.sentNotice.updateMany({ ...of, ...to })
}

/** The account's own figures stand; the guest's fill what it never said. */
async function moveProfile(tx: Db, guestId: string, accountId: string): Promise<void> {
  const [guests, own] = [
    await tx.profile.findUnique({ where: { personId: guestId } }),
    await tx.profile.findUnique({ where: { personId: accountId } }),
  ]
  if (!guests) return
  if (!own) {
    await tx.profile.update({ where: { personId: guestId }, data: { personId: accountId } })
    return
  }
  const { birthYear, sex, heightCm, weightKg, hrmaxBpm, hrrestBpm, thresholdWatts, timezone } = guests
  await tx.profile.update({
    where: { personId: accountId },
    data: {
      birthYear: own.birthYear ?? birthYear,
      sex: own.sex ?? sex,
      heightCm: own.heightCm ?? heightCm,
      weightKg: own.weightKg ?? weightKg,
      hrmaxBpm: own.hrmaxBpm ?? hrmaxBpm,
      hrrestBpm: own.hrrestBpm ?? hrrestBpm,
      thresholdWatts: own.thresholdWatts ?? thresholdWatts,
      timezone: own.timezone ?? timezone,
      // Whoever once said "effort instead of zones" keeps it until they say otherwise.
      effortOnly: own.effortOnly || guests.effortOnly,
    },
  })
  await tx.profile.delete({ where: { personId: guestId } })
}
