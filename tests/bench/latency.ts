import { setTimeout as wait } from 'node:timers/promises'
import { percentile } from '@/lib/platform/percentile'
import { channels } from '@/lib/room/room-event'
import type { Section } from './figures'
import type { NodeMember } from '@/tests/node-member'
import { bareRelay, type Relay, socketIoRoom } from './relays'
import { openStudio, type Studio, type Wearer } from './studio'
import { times } from './world'

const IN_NODE = 29
const ROUNDS = 3
const SECONDS = 6
const RELOADS = 2
const PATIENCE_MS = 10_000

/**
 * A strap's notification → the trainer's tile painted with it, in the product as `npm start` serves it and a real Chromium. 29 members
 * are the client's own sessions in Node (over the realtime service), one is a real page (beside the video); all at 1 Hz, out of step. The
 * other relays carry the same members' beats into the same page, behind its socket; ratios are of the 29. The ways take turns.
 */
export const latency: Section = async (tell) => {
  const studio = await openStudio(IN_NODE + 1)
  const relays: Relay[] = []
  try {
    const members = await studio.come(IN_NODE)
    const page = await studio.wear('Nia')
    const names = members.map(({ participantId }) => channels.member(participantId, 0))
    relays.push(await bareRelay(names), await socketIoRoom(names))
    for (const { kind, url } of relays) await studio.inPage('feed', kind, url)
    await settle(studio, members, page)
    const [mine, direct, bare, room]: [number[], number[], number[], number[]] = [[], [], [], []]
    const all: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const ours = await measure(studio, members, null, page)
      mine.push(percentile(ours.inNode, 0.95))
      direct.push(percentile(ours.inPage, 0.95))
      all.push(percentile([...ours.inNode, ...ours.inPage], 0.95))
      for (const [index, took] of [bare, room].entries()) took.push(percentile((await measure(studio, members, relays[index] ?? null, null)).inNode, 0.95))
      tell(`round ${round + 1}: ours ${all.at(-1)?.toFixed(1)} ms, bare ${bare.at(-1)?.toFixed(1)}, Socket.IO ${room.at(-1)?.toFixed(1)}`)
    }
    const over = (others: readonly number[]): number[] => mine.map((ms, round) => ms / (others[round] ?? NaN))
    return [
      { key: 'latency_p95_ms', what: 'notification → painted tile, 30 members, p95', unit: 'ms', samples: all, bar: '≤ 100' },
      { what: 'of these, the real page, beside the video', unit: 'ms', samples: direct },
      { what: 'the 29 in Node, over the realtime service', unit: 'ms', samples: mine },
      { what: 'the same 29 into the same page by a bare ws relay', unit: 'ms', samples: bare },
      { what: 'the same by a Socket.IO room to everybody', unit: 'ms', samples: room },
      { key: 'latency_ratio_ws', what: 'ours ÷ bare ws relay', unit: '×', samples: over(bare), bar: '≤ 1.5' },
      { key: 'latency_ratio_socketio', what: 'ours ÷ Socket.IO room', unit: '×', samples: over(room) },
      { key: 'host_reload_ms', what: 'the trainer reloads while 29 beat → first number', unit: 'ms', samples: await times(RELOADS, () => reload(studio, members)), bar: '≤ 5,000' },
    ]
  } finally {
    for (const relay of relays) await relay.close()
    await studio.close()
  }
}

/** Each number is another one than the last, so that a painted number says which notification it was. */
const next = new Map<string, number>()
function nextBpm(participantId: string): number {
  const bpm = 60 + (((next.get(participantId) ?? -1) + 1) % 120)
  next.set(participantId, bpm - 60)
  return bpm
}

/** Members' straps for some seconds, each once a second and out of step; `each` is told after every notification. `heartOf`: what is notified. */
export async function beatFor(
  seconds: number,
  members: readonly NodeMember[],
  each: (member: NodeMember, bpm: number, atMs: number) => void = () => undefined,
  heartOf: (participantId: string) => number = nextBpm,
): Promise<void> {
  const begin = performance.now()
  for (let turn = 0; turn < seconds * members.length; turn++) {
    await wait(Math.max(0, begin + (turn * 1_000) / members.length - performance.now()))
    const member = members[turn % members.length]
    if (!member) return
    const bpm = heartOf(member.participantId)
    const atMs = performance.timeOrigin + performance.now()
    member.notify(bpm)
    each(member, bpm, atMs)
  }
}

/** Everybody beats until every tile is live. */
export async function settle(studio: Studio, members: readonly NodeMember[], page: Wearer | null = null): Promise<void> {
  for (let patience = PATIENCE_MS * 3; patience > 0; patience -= 1_000) {
    await Promise.all([beatFor(1, members), page && wearFor(1, page)])
    if ((await studio.inPage('live')) >= members.length + (page ? 1 : 0)) return void (await studio.inPage('painted'))
  }
  throw new Error('Not every member’s number was shown.')
}

async function measure(studio: Studio, members: readonly NodeMember[], relay: Relay | null, page: Wearer | null) {
  for (const member of members) member.divert(relay && ((beat) => relay.say({ channel: channels.member(member.participantId, 0), beat })))
  const sent = new Map<string, number>()
  await studio.inPage('painted')
  await page?.notified()
  const wearing = page ? wearFor(SECONDS, page) : Promise.resolve()
  await beatFor(SECONDS, members, ({ participantId }, bpm, atMs) => sent.set(`${participantId} ${bpm}`, atMs))
  await wearing
  const worn = new Map((await page?.notified())?.map(([bpm, atMs]) => [`${page?.participantId} ${bpm}`, atMs]))
  const [inNode, inPage]: [number[], number[]] = [[], []]
  for (let patience = PATIENCE_MS; inNode.length < sent.size || inPage.length < worn.size; patience -= 100) {
    if (patience < 0) throw new Error(`${sent.size - inNode.length} and ${worn.size - inPage.length} numbers were never painted.`)
    for (const [participantId, bpm, atMs] of await studio.inPage('painted')) {
      const one = `${participantId} ${bpm}`
      const [from, took] = sent.has(one) ? [sent.get(one), inNode] : [worn.get(one), inPage]
      if (from !== undefined) took.push(atMs - from)
    }
    await wait(100)
  }
  return { inNode, inPage }
}

async function wearFor(seconds: number, page: Wearer): Promise<void> {
  const begin = performance.now()
  for (let turn = 0; turn < seconds; turn++) {
    await wait(Math.max(0, begin + turn * 1_000 + 17 - performance.now()))
    await page.notify(nextBpm(page.participantId))
  }
}

/** From the press on "reload" to the first number painted, while everybody goes on. */
async function reload(studio: Studio, members: readonly NodeMember[]): Promise<number> {
  for (const member of members) member.divert(null)
  const begin = performance.timeOrigin + performance.now()
  const beating = beatFor(12, members)
  await studio.trainer.reload()
  await beating
  const [first] = await studio.inPage('painted')
  if (!first) throw new Error('The trainer’s page never showed a number again.')
  return first[2] - begin
}
