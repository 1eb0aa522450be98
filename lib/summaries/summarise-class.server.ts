import 'server-only'
import { getProfile } from '@/lib/accounts/profile.server'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { sha256 } from '@/lib/platform/crypto.server'
import { db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { log } from '@/lib/platform/log.server'
import { WORKOUT_SECONDS } from '@/lib/telemetry/attendance.server'
import { readRuns } from '@/lib/telemetry/read.server'
import { keepInHistory } from './class-activity.server'
import { summarise } from './summarise'
import { FigureInputs } from '@/lib/physiology/heart-rate-figures'
import { ALGORITHM_VERSION } from './summary'
import { completeInputs, inputsOf, inputsText } from '@/lib/accounts/figure-inputs'
import { shapeOf } from './workout-shape.server'
import { SETTLED_MS, workoutWindowEnd } from './workout-window'

/** Late data is taken for seven days; a day more for what waits in the sweep. */
const LOOK_BACK_MS = 8 * 86_400_000
const A_SWEEP = 200
const AGED_OUT = 'The second-by-second record of this class is gone by your own policy. Its summary stays as it is.'

type Seat = { readonly classId: string; readonly participantId: string; readonly personId: string }
/** `kept`: the figures that the summary was computed with, and today's where there is none. `completed`: what was missing, from today. */
type Inputs = 'kept' | 'completed' | 'today'

/**
 * Summarises everybody who was there or recorded something. Again: only what has other samples or inputs is computed again. Returns how
 * many are still receiving; a class whose workout has not ended has no summaries.
 */
export async function summariseClass(classId: string): Promise<{ receiving: number }> {
  const seats = await listSeats(classId)
  let receiving = 0
  for (const seat of seats) if ((await summariseSeat(seat, 'completed')) === 'receiving') receiving += 1
  return { receiving }
}

/** For its owner, with today's profile. Throws `not_found` when there is nothing to summarise yet. */
export async function recomputeWithToday(classId: string, personId: string): Promise<void> {
  const seat = (await listSeats(classId)).find((one) => one.personId === personId)
  if (!seat) throw new AppError('not_found', 'There is no summary of this class yet. It is made when the workout ends.')
  await summariseSeat(seat, 'today')
}

/** A profile has something that summaries lacked: they are completed. What they were computed with does not change. */
export async function completeSummaries(personId: string): Promise<void> {
  const rows = await db.summary.findMany({ where: { personId }, select: { classId: true, inputs: true } })
  for (const { classId, inputs } of rows) {
    const seat = Object.values(FigureInputs.parse(inputs)).includes(null) ? await findSeat(classId, personId) : undefined
    if (seat) await summariseSeat(seat, 'completed')
  }
}

/** Late samples came, or the time to wait for them is over: computes those again. Returns how many. */
export async function recomputeDirty(): Promise<number> {
  const settled = new Date(now() - SETTLED_MS)
  const rows = await db.summary.findMany({
    where: { OR: [{ dirty: true }, { status: 'receiving', liveClass: { workoutEndedAt: { lt: settled } } }] },
    select: { classId: true, personId: true },
    take: A_SWEEP,
  })
  return await eachSeat(
    rows.map(
      ({ classId, personId }) =>
        () =>
          findSeat(classId, personId),
    ),
  )
}

/** People of ended classes without a summary: the runner was away, or their first samples came late. Returns how many. */
export async function summariseForgotten(): Promise<number> {
  const rows = await db.$queryRaw<Seat[]>`
    SELECT p."classId", p.id AS "participantId", p."personId" FROM participants p JOIN classes c ON c.id = p."classId"
    WHERE c."workoutEndedAt" > ${new Date(now() - LOOK_BACK_MS)} AND p."recordErasedAt" IS NULL
      AND NOT EXISTS (SELECT FROM summaries s WHERE s."classId" = p."classId" AND s."personId" = p."personId")
      AND (EXISTS (SELECT FROM recorders r WHERE r."participantId" = p.id)
           OR (p.role = 'member' AND p.present_s && int4range(0, ${WORKOUT_SECONDS})))
    LIMIT ${A_SWEEP}`
  return await eachSeat(rows.map((seat) => async () => seat))
}

/** One that fails is tried again with the next sweep, and stops no other. */
async function eachSeat(seats: ReadonlyArray<() => Promise<Seat | undefined>>): Promise<number> {
  let done = 0
  for (const find of seats) {
    try {
      const seat = await find()
      if (seat && (await summariseSeat(seat, 'kept')) !== null) done += 1
    } catch (error) {
      log.error({ err: error }, 'a summary could not be computed')
    }
  }
  return done
}

async function listSeats(classId: string): Promise<Seat[]> {
  return await db.$queryRaw<Seat[]>`
    SELECT p."classId", p.id AS "participantId", p."personId" FROM participants p JOIN classes c ON c.id = p."classId"
    WHERE p."classId" = ${classId} AND c."workoutEndedAt" IS NOT NULL
      AND (EXISTS (SELECT FROM recorders r WHERE r."participantId" = p.id)
           OR (p.role = 'member' AND p.present_s && int4range(0, ${WORKOUT_SECONDS})))
    ORDER BY p.seat`
}

async function findSeat(classId: string, personId: string): Promise<Seat | undefined> {
  const row = await db.participant.findUnique({ where: { classId_personId: { classId, personId } }, select: { id: true } })
  return row ? { classId, personId, participantId: row.id } : undefined
}

/** A summary that is final appears in its owner's history, and with each change again. */
async function summariseSeat(seat: Seat, take: Inputs): Promise<'receiving' | 'final' | null> {
  const status = await computeSeat(seat, take)
  if (status === 'final') await keepInHistory(seat)
  return status
}

async function computeSeat({ classId, participantId, personId }: Seat, take: Inputs): Promise<'receiving' | 'final' | null> {
  const liveClass = await db.liveClass.findUniqueOrThrow({
    where: { id: classId },
    select: { startsAt: true, workoutStartedAt: true, workoutEndedAt: true, timer: true },
  })
  const { startsAt, workoutEndedAt } = liveClass
  if (workoutEndedAt === null) return null
  const today = inputsOf(await getProfile(personId), startsAt.getTime())
  return await db.$transaction(
    async (tx) => {
      // Ingest writes to this row too: what it stores is either read here, or marks the result as dirty afterwards.
      const [place] = await tx.$queryRaw<Array<{ erased: boolean }>>`
        SELECT "recordErasedAt" IS NOT NULL AS erased FROM participants WHERE id = ${participantId} FOR UPDATE`
      const runs = await readRuns(participantId, tx)
      const where = { classId_personId: { classId, personId } }
      const known = await tx.summary.findUnique({ where })
      // What its owner deleted is not made again, not even as an empty one.
      if (place?.erased && known === null) return null
      // What aged out cannot be computed again; the summary that was made of it stands.
      if (known !== null && runs.some(({ agedOut }) => agedOut)) {
        if (take === 'today') throw new AppError('conflict', AGED_OUT)
        if (known.dirty) await tx.summary.update({ where, data: { dirty: false } })
        return 'final'
      }
      const kept = known === null ? today : FigureInputs.parse(known.inputs)
      const inputs = take === 'today' ? today : take === 'completed' ? completeInputs(kept, today) : kept
      const window = { startedAtMs: startsAt.getTime(), workoutEndedAtMs: workoutWindowEnd(workoutEndedAt.getTime(), runs) }
      const status = runs.every(({ complete }) => complete) || now() >= workoutEndedAt.getTime() + SETTLED_MS ? 'final' : 'receiving'
      const contents = runs.map(({ recorderId, rank, startedAtMs, received }) => [recorderId, rank, startedAtMs, received])
      const inputsDigest = sha256(
        JSON.stringify([ALGORITHM_VERSION, window.startedAtMs, window.workoutEndedAtMs, inputsText(inputs), contents]),
      )
      if (known?.inputsDigest === inputsDigest) {
        if (known.status !== status || known.dirty) await tx.summary.update({ where, data: { status, dirty: false } })
        return status
      }
      const figures = summarise({ ...window, runs, inputs, shape: shapeOf(liveClass) })
      const computed = {
        status,
        dirty: false,
        algorithmVersion: ALGORITHM_VERSION,
        inputsDigest,
        inputs,
        figures,
        computedAt: new Date(now()),
      } as const
      await tx.summary.upsert({ where, create: { id: newId('sum'), classId, personId, ...computed }, update: computed })
      return status
    },
    { maxWait: 20_000, timeout: 20_000 },
  )
}
