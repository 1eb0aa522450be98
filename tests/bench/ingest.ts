import { from as copyFrom } from 'pg-copy-streams'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pool } from '@/lib/platform/db.server'
import { CHUNK_SECONDS, type Chunk } from '@/lib/telemetry/chunk'
import { ingest } from '@/lib/telemetry/ingest.server'
import type { Section } from './figures'
import { readCurves, stretches } from './recordings'
import { makeStage, openMany } from './stage'
import { timed, times } from './world'

const MEMBERS = 1_000
/** A thousand members, each flushing its fifteen seconds. */
export const NEEDED_PER_SECOND = MEMBERS / CHUNK_SECONDS
/** Requests that wait for their commit at the same time: production's pool. */
const LANES = 10
const ROUNDS = 3

/** The real `ingest`, one commit a request that waits for the disk; and COPY of as many seconds as rows, which no client could do. */
export const ingestRate: Section = async (tell) => {
  const stage = await makeStage(50)
  const recorders = await openMany(stage, MEMBERS)
  const curves = [...stretches(readCurves(), CHUNK_SECONDS * (ROUNDS + 1), MEMBERS * 50)]
  const chunk = (member: number, seq: number): Chunk => ({
    ...{ seq, effort: [], rr: [] },
    bpm: curves[member % curves.length]?.slice(seq * CHUNK_SECONDS, (seq + 1) * CHUNK_SECONDS) ?? [],
  })
  const round = async (seq: number): Promise<number> => {
    let next = 0
    const lane = async (): Promise<void> => {
      for (let member = next++; member < MEMBERS; member = next++) await ingest(recorders[member] ?? '', { chunks: [chunk(member, seq)] })
    }
    const ms = await timed(() => Promise.all(Array.from({ length: LANES }, lane)))
    return (MEMBERS / ms) * 1_000
  }
  await round(0)
  const rates = await times(ROUNDS, (turn) => round(turn + 1))
  tell(`needed: ${NEEDED_PER_SECOND.toFixed(1)} requests a second`)
  const copied = await times(ROUNDS, copySeconds)
  return [
    { what: `ingest, a commit a request, ${LANES} at a time`, unit: 'requests/s', samples: rates },
    { key: 'ingest_need_ratio', what: 'ingest ÷ 1,000 members every 15 s', unit: '×', samples: rates.map((rate) => rate / NEEDED_PER_SECOND), bar: '≥ 3' },
    { what: 'ingest, in seconds of heart rate', unit: 'values/s', samples: rates.map((rate) => rate * CHUNK_SECONDS) },
    { what: 'COPY of one row a sample, one commit for all', unit: 'values/s', samples: copied },
  ]
}

async function copySeconds(): Promise<number> {
  const rows = 100_000
  const client = await pool().connect()
  try {
    await client.query('CREATE TABLE bench_copy (recorder bigint, at timestamptz, bpm smallint, PRIMARY KEY (recorder, at))')
    const lines = Array.from({ length: rows }, (_, index) => `1\t${new Date(index * 1_000).toISOString()}\t${120 + (index % 40)}\n`)
    const ms = await timed(() => pipeline(Readable.from([lines.join('')]), client.query(copyFrom('COPY bench_copy FROM STDIN'))))
    return (rows / ms) * 1_000
  } finally {
    await client.query('DROP TABLE IF EXISTS bench_copy')
    client.release()
  }
}
