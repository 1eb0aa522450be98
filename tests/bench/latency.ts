import { setTimeout as wait } from 'node:timers/promises'
import { percentile } from '@/lib/platform/percentile'
import type { Beat } from '@/lib/room/beat'
import { type Board, emptyBoard, reduceBoard, tilesAt } from '@/lib/room/board'
import type { Section } from './figures'
import { bareRelay, type OpenWay, ours, socketIoRoom, type Way } from './ways'

const IDS = Array.from({ length: 29 }, (_, index) => `par_${index + 1}`)
const ROUNDS = 3
const SECONDS = 4
const GIVE_UP_MS = 10_000

/**
 * A beat handed to the sender's link → the trainer's tiles computed with it: 29 members at 1 Hz, out of step. Everything is in one
 * process on one machine and nothing is painted; each way feeds the same board. The ways take turns, so that the machine's other work
 * meets all of them.
 */
export const latency: Section = async (tell) => {
  const [mine, bare, room]: number[][] = [[], [], []]
  for (let round = 0; round < ROUNDS; round++) {
    mine?.push(await p95(ours))
    bare?.push(await p95(bareRelay))
    room?.push(await p95(socketIoRoom))
  }
  if (!mine || !bare || !room) return []
  const over = (others: readonly number[]): number[] => mine.map((ms, round) => ms / (others[round] ?? NaN))
  tell(`${ROUNDS} rounds of ${IDS.length * SECONDS} beats each way; spread is over the rounds`)
  return [
    { key: 'latency_p95_ms', what: 'beat sent → tiles computed, p95, not painted', unit: 'ms', samples: mine, bar: '≤ 100 painted' },
    { what: 'a bare ws relay, the same', unit: 'ms', samples: bare },
    { what: 'a Socket.IO room to everybody, the same', unit: 'ms', samples: room },
    { key: 'latency_ratio_ws', what: 'ours ÷ bare ws relay', unit: '×', samples: over(bare), bar: '≤ 1.5 painted' },
    { key: 'latency_ratio_socketio', what: 'ours ÷ Socket.IO room', unit: '×', samples: over(room) },
  ]
}

async function p95(open: OpenWay): Promise<number> {
  const took: number[] = []
  const sent = new Map<string, number>()
  const present = new Set<string>()
  let board = classOf(IDS)
  const way = await open(IDS, (participantId, beat) => {
    board = reduceBoard(board, { type: 'beat', participantId, beat, atMs: performance.now() })
    tilesAt(board, performance.now(), null, [])
    present.add(participantId)
    const at = sent.get(`${participantId} ${beat.seq}`)
    if (at !== undefined) took.push(performance.now() - at)
  })
  try {
    const first = await standing(way, present)
    for (let turn = 0; turn < SECONDS * IDS.length; turn++) {
      const id = IDS[turn % IDS.length] ?? ''
      const beat = beatOf(first + turn)
      sent.set(`${id} ${beat.seq}`, performance.now())
      way.send(id, beat)
      await wait(1_000 / IDS.length)
    }
    for (let patience = GIVE_UP_MS; took.length < sent.size && patience > 0; patience -= 20) await wait(20)
    if (took.length < sent.size) throw new Error(`${sent.size - took.length} beats never came.`)
    return percentile(took, 0.95)
  } finally {
    await way.close()
  }
}

/** Everybody says something until everybody was heard; returns the next number to send. */
async function standing(way: Way, present: ReadonlySet<string>): Promise<number> {
  let seq = 0
  for (let patience = GIVE_UP_MS; present.size < IDS.length && patience > 0; patience -= 250) {
    seq += 1
    for (const id of IDS) way.send(id, beatOf(seq))
    await wait(250)
  }
  if (present.size < IDS.length) throw new Error(`Only ${present.size} of ${IDS.length} members were heard.`)
  return seq + 1
}

const beatOf = (seq: number): Beat => ({
  ...{ kind: 'reading', run: 'run1', seq, reach: 'trainer', bpm: 120 + (seq % 40), percentOfMax: 71, zone: 3 },
  ...{ estimated: true, contact: true, trend: 'steady' },
})

function classOf(memberIds: readonly string[]): Board {
  const participants = memberIds.map((participantId, seat) => ({
    ...{ participantId, name: participantId, role: 'member' as const, seat: seat + 1, cameraReach: 'trainer' as const },
    ...{ heartRateReach: 'trainer' as const, left: false, handRaisedAt: null },
  }))
  return reduceBoard(emptyBoard('par_host', 'host', 'trainer', 0), { type: 'snapshot', participants, atMs: 0 })
}
