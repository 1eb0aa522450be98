import 'server-only'
import { unpackRecording } from '@/lib/activities/packed-recording'
import { db, type Prisma } from '@/lib/platform/db.server'

/** Belongs to the installation: holds nothing about anybody. */
type OfNobody = 'ProviderSubscription'

/**
 * Where a person is in our data: for every model, the rows that are about them. A model that is missing here does not compile, and one
 * whose rows are not found fails the test. Secrets (token and code hashes) are left out; what is shown is what is exported.
 */
export const HOLDINGS: { readonly [M in Exclude<Prisma.ModelName, OfNobody>]: (personId: string) => Promise<ReadonlyArray<object>> } = {
  Person: (personId) => db.person.findMany({ where: { OR: [{ id: personId }, { mergedIntoId: personId }] } }),
  EmailCredential: (personId) => db.emailCredential.findMany({ where: { personId } }),
  SignInChallenge: async (personId) =>
    db.signInChallenge.findMany({ where: await challengesOf(personId), omit: { tokenHash: true, codeHash: true, attempts: true } }),
  Profile: (personId) => db.profile.findMany({ where: { personId } }),
  Bearer: (personId) => db.bearer.findMany({ where: { personId }, omit: { tokenHash: true } }),
  Consent: (personId) => db.consent.findMany({ where: { personId }, orderBy: { id: 'asc' } }),
  ClassSeries: (personId) => db.classSeries.findMany({ where: { hostId: personId } }),
  LiveClass: (personId) =>
    db.liveClass.findMany({
      where: { OR: [{ series: { hostId: personId } }, { participants: { some: { personId } } }] },
      // Other people's screens, for seconds.
      omit: { passes: true },
    }),
  Participant: (personId) => db.$queryRaw<object[]>`
    SELECT id, "classId", role::text AS role, name, seat, "cameraReach"::text AS "cameraReach", "heartRateReach", present_s::text AS "presentSeconds",
           "firstSeenAt", "lastSeenAt", "leftAt", "removedAt", "recordErasedAt", "handRaisedAt", "paidAt", "leftScreenId" FROM participants WHERE "personId" = ${personId}`,
  Recorder: (personId) => db.$queryRaw<object[]>`
    SELECT id, "classId", source::text AS source, label, "startedAt", "clockUncertaintyMs", received::text AS received FROM recorders
    WHERE "personId" = ${personId} ORDER BY key`,
  Chunk: (personId) => db.$queryRaw<object[]>`
    SELECT r.id AS "recorderId", c.seq, c.bpm, c.effort, c.rr, c.cadence, c.watts, c.speed FROM chunks c JOIN recorders r ON r.key = c."recorderKey"
    WHERE r."personId" = ${personId} ORDER BY r.key, c.seq`,
  SealedRun: (personId) => db.$queryRaw<object[]>`
    SELECT r.id AS "recorderId", s.bpm, s.effort, s.rr, s.cadence, s.watts, s.speed FROM sealed_runs s JOIN recorders r ON r.key = s."recorderKey"
    WHERE r."personId" = ${personId} ORDER BY r.key`,
  Summary: (personId) => db.summary.findMany({ where: { personId } }),
  SummaryAddress: (personId) => db.summaryAddress.findMany({ where: { personId } }),
  ClassTemplate: (personId) => db.classTemplate.findMany({ where: { hostId: personId } }),
  Booking: (personId) => db.booking.findMany({ where: { personId } }),
  Message: (personId) => db.message.findMany({ where: { personId } }),
  SeriesFollow: (personId) => db.seriesFollow.findMany({ where: { personId }, omit: { tokenHash: true } }),
  PushSubscription: (personId) => db.pushSubscription.findMany({ where: { personId }, omit: { auth: true, p256dh: true } }),
  SentNotice: (personId) => db.sentNotice.findMany({ where: { personId } }),
  Connection: (personId) => db.connection.findMany({ where: { personId }, omit: { tokens: true } }),
  ConnectAttempt: (personId) => db.connectAttempt.findMany({ where: { personId }, omit: { stateHash: true, verifier: true } }),
  Activity: async (personId) => unpacked(await db.activity.findMany({ where: { personId } })),
  OwnerOnlyActivity: async (personId) => unpacked(await db.ownerOnlyActivity.findMany({ where: { personId } })),
  /** As they came, sealed; what they say is in the activities. */
  ProviderPayload: (personId) => db.providerPayload.findMany({ where: { personId }, omit: { body: true } }),
  Sending: (personId) => db.sending.findMany({ where: { personId } }),
  WebhookDelivery: (personId) => db.webhookDelivery.findMany({ where: { personId }, omit: { body: true } }),
  DeletionCertificate: (personId) => db.deletionCertificate.findMany({ where: { personId } }),
  /** What was done to their data, and what they did to others': without saying to whom. */
  AuditEvent: async (personId) => [
    ...(await db.auditEvent.findMany({ where: { subjectId: personId } })),
    ...(await db.auditEvent.findMany({ where: { actorId: personId, NOT: { subjectId: personId } }, omit: { subjectId: true } })),
  ],
}

/** Every sample in words that others can read. */
const unpacked = (rows: ReadonlyArray<{ readonly recording: Uint8Array | null }>): Promise<object[]> =>
  Promise.all(rows.map(async ({ recording, ...row }) => ({ ...row, recording: recording && (await unpackRecording(recording)) })))

/** A challenge knows an e-mail address, and sometimes the guest who asked; never the account that it signs in. */
export async function challengesOf(personId: string): Promise<Prisma.SignInChallengeWhereInput> {
  const credential = await db.emailCredential.findUnique({ where: { personId }, select: { email: true } })
  return { OR: [{ claimPersonId: personId }, ...(credential ? [{ email: credential.email }] : [])] }
}
