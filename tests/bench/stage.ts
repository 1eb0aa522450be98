import { db, pool } from '@/lib/platform/db.server'
import { newId, randomCode } from '@/lib/platform/id'
import { CHUNK_SECONDS } from '@/lib/telemetry/chunk'
import { ingest } from '@/lib/telemetry/ingest.server'
import { sealRuns } from '@/lib/telemetry/seal.server'
import type { RecorderOwner } from '@/lib/telemetry/open-recorder.server'
import { chunksOf, makeMember, makeScene, type Scene } from '@/tests/telemetry'

const DAY_MS = 86_400_000
/** As many as one upload may hold. */
const CHUNKS_PER_UPLOAD = 64

export type Stage = { readonly scene: Scene; readonly members: readonly RecorderOwner[] }

/** A class with members who share and keep, made as the product makes them; it began an hour ago. */
export async function makeStage(size: number): Promise<Stage> {
  const scene = await makeScene(3600)
  await db.liveClass.update({ where: { id: scene.classId }, data: { capacity: size } })
  const members: RecorderOwner[] = []
  for (let number = 1; number <= size; number++) members.push(await makeMember(scene, `Member ${number}`))
  return { scene, members }
}

/** Recorders as `openRecorder` makes them, many at once and without their upload grants. `members` in turn. */
export async function openMany({ scene, members }: Stage, count: number): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, index) => {
    const owner = members[index % members.length]
    if (!owner) throw new Error('A stage needs members.')
    const { participantId, personId, classId } = owner
    return {
      ...{ id: newId('rec'), runId: `run_${randomCode(26)}`, participantId, personId, classId },
      ...{ source: 'heart_rate_strap' as const, rank: 10, label: 'Polar H10' },
      ...{ startedAt: new Date(scene.startsAtMs), clockUncertaintyMs: 20 },
    }
  })
  await db.recorder.createMany({ data: rows })
  return rows.map(({ id }) => id)
}

/** Stores a whole run by the real `ingest`, as a phone that was offline would. */
export async function storeRun(recorderId: string, bpm: ReadonlyArray<number | null>): Promise<void> {
  const chunks = chunksOf(bpm)
  for (let from = 0; from < chunks.length; from += CHUNKS_PER_UPLOAD) {
    const part = chunks.slice(from, from + CHUNKS_PER_UPLOAD)
    await ingest(recorderId, { chunks: part, ...(from + part.length >= chunks.length && { lastSeq: Math.ceil(bpm.length / CHUNK_SECONDS) - 1 }) })
  }
}

/** As the nightly job does, once the class takes no more data. */
export async function sealAll({ scene }: Stage): Promise<void> {
  await db.liveClass.update({ where: { id: scene.classId }, data: { status: 'ended', workoutEndedAt: new Date(Date.now() - 8 * DAY_MS) } })
  while ((await sealRuns()) > 0) continue
  await db.liveClass.update({ where: { id: scene.classId }, data: { status: 'open', workoutEndedAt: null } })
}

/** Heap, TOAST and every index. */
export async function bytesOf(relation: string): Promise<number> {
  const { rows } = await pool().query<{ bytes: string }>('SELECT pg_total_relation_size($1) AS bytes', [relation])
  return Number(rows[0]?.bytes)
}
