import { expect, it } from 'vitest'
import { type Beat } from '@/lib/room/beat'
import { CLIENT_BEAT, channels, ROOM_EVENT } from '@/lib/room/room-event'
import { PretendClass } from './pretend-class'

const beat = (reach: 'trainer' | 'everyone'): Beat => ({
  ...{ kind: 'reading', run: 'run1', seq: 0, reach, bpm: 120, percentOfMax: 63, zone: 2, estimated: false, contact: true, trend: 'steady' },
})

it.each(['trainer', 'everyone'] as const)('counts a class of two as the vendor would: shared with %s', (reach) => {
  const pretended = new PretendClass(reach, ['ana', 'ben'])
  // The trainer on the room's and the readers' channel.
  expect(pretended.counts().billed).toBe(2)
  pretended.join('ana')
  pretended.join('ben')
  // Each joins, and those before are told: 1 + 1, then 1 + 2.
  expect(pretended.counts().billed).toBe(2 + 2 + 3)
  pretended.publish(channels.room(pretended.classId, 0), ROOM_EVENT)
  expect(pretended.counts().billed).toBe(7 + 1 + 3)
  pretended.say('ana', channels.member('ana', 0), CLIENT_BEAT, beat(reach), 1_000)
  // A beat and its delivery to the trainer; shared, a frame and its delivery to both.
  const frame = reach === 'everyone' ? 1 + 2 : 0
  expect(pretended.counts()).toEqual({ billed: 11 + 2 + frame, frames: reach === 'everyone' ? 1 : 0 })
  pretended.leave('ana')
  expect(pretended.counts().billed).toBe(13 + frame + 1 + 2)
})
