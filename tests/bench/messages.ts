import { percentOfMax, zoneOf } from '@/lib/physiology/zones'
import type { Heard } from '@/lib/room/member-heart'
import { trendOf } from '@/lib/physiology/trend'
import { paceNumber, type Pacer, startPacer } from '@/lib/room/beat-pacer'
import { CLIENT_BEAT, channels, ROOM_EVENT, SIGNAL } from '@/lib/room/room-event'
import type { Figure, Section } from './figures'
import { PretendClass } from './pretend-class'
import { readCurves, stretches } from './recordings'

const MEMBERS = 30
const HOUR_S = 3600
const MAXIMUM = 190
/** They come over five minutes, each is gone for twenty seconds once, and the class is closed at the end. */
const JOIN_EVERY_S = 10
const AWAY_S = 20
/** What a peer connection takes to stand: hello, offer, answer and some batches of candidates, from both sides. */
const SIGNALS_A_CONNECTION = 8
/** In the hour, by everybody together: chat, reactions, hands up and down, presses on the timer, choices changed. */
const SAID = 60 + 60 + 20 + 12 + MEMBERS

/**
 * An hour of a class of thirty by Pusher's billing rules: the real pacer, board and frame writer on pretended time, and the realtime
 * door's own hub, which counts. No webhook is asked for, so none is billed. All-to-all: each reading, 1 Hz, to every other screen.
 */
export const messages: Section = async (tell) => {
  const priv = countClass('trainer', tell)
  const shared = countClass('everyone', tell)
  const allToAll = MEMBERS * HOUR_S * (1 + MEMBERS)
  return [
    figure('messages_private', 'a class of 30 for an hour, nobody shares', priv, '≤ 130,000'),
    figure('messages_shared', 'the same, all 30 share with everyone', shared, '≤ 250,000'),
    { what: 'the same, every reading to everybody', unit: 'messages', samples: [allToAll] },
  ]
}

const figure = (key: string, what: string, value: number, bar: string): Figure => ({ key, what, unit: 'messages', samples: [value], bar })

type Wearer = { readonly id: string; readonly bpm: ReadonlyArray<number | null>; pacer: Pacer; heard: readonly Heard[]; loads: number }

function countClass(reach: 'trainer' | 'everyone', tell: (line: string) => void): number {
  const pretended = new PretendClass(reach, Array.from({ length: MEMBERS }, (_, index) => `par_${index + 1}`))
  const curves = stretches(readCurves(), HOUR_S, Infinity)
  const wearers = pretended.memberIds.map((id): Wearer => ({ id, bpm: curves.next().value ?? [], pacer: startPacer(`${id}.0`), heard: [], loads: 0 }))
  let beats = 0

  const come = (one: Wearer): void => {
    one.loads += 1
    one.pacer = startPacer(`${one.id}.${one.loads}`)
    pretended.join(one.id)
    pretended.publish(channels.room(pretended.classId, 0), ROOM_EVENT)
    for (let signal = 0; signal < SIGNALS_A_CONNECTION; signal++)
      pretended.publish(channels.screen(signal % 2 === 0 ? pretended.hostScreen : `scr_${one.id}`), SIGNAL)
  }
  const go = (one: Wearer): void => {
    pretended.leave(one.id)
    pretended.publish(channels.room(pretended.classId, 0), ROOM_EVENT)
  }

  for (let second = 0; second < HOUR_S; second++) {
    if (second % Math.floor(HOUR_S / SAID) === 0) pretended.publish(channels.room(pretended.classId, 0), ROOM_EVENT)
    wearers.forEach((one, index) => {
      // Straps do not notify in step.
      const atMs = second * 1_000 + index * 33
      const awayFrom = HOUR_S / 2 + index * JOIN_EVERY_S
      if (second === index * JOIN_EVERY_S || second === awayFrom + AWAY_S) come(one)
      if (second === awayFrom) go(one)
      const bpm = one.bpm[second] ?? null
      if (bpm === null || second < index * JOIN_EVERY_S || (second >= awayFrom && second < awayFrom + AWAY_S)) return
      one.heard = [...one.heard.filter((heard) => atMs - heard.atMs <= 60_000), { atMs, bpm }]
      const live = {
        ...{ reach, bpm, percentOfMax: percentOfMax(bpm, MAXIMUM), zone: zoneOf(bpm, MAXIMUM) },
        ...{ estimated: false, contact: true, trend: trendOf(one.heard, atMs) },
      }
      const { pacer, beat } = paceNumber(one.pacer, live, atMs)
      one.pacer = pacer
      if (!beat) return
      beats += 1
      pretended.say(one.id, channels.member(one.id, 0), CLIENT_BEAT, beat, atMs)
    })
  }
  for (const one of wearers) go(one)
  const { billed, frames } = pretended.counts()
  tell(`${reach}: ${beats} beats, ${frames} frames, ${billed} messages; ${(beats / (MEMBERS * HOUR_S)).toFixed(2)} beats a member and second`)
  return billed
}
