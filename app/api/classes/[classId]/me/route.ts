import { z } from 'zod'
import { endpoint } from '@/lib/accounts/endpoint.server'
import { participantOfClass } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { oneLine } from '@/lib/platform/one-line'
import { HeartRateReach } from '@/lib/room/beat'
import { ParticipantInfo } from '@/lib/room/room-event'
import { changeMe } from '@/lib/room/run-room.server'

export const PATCH = endpoint({
  summary: "Changes one's own name or who may see one's camera and heart rate in this class; the class can only narrow it.",
  actor: participantOfClass,
  params: ClassParams,
  body: z
    .object({
      cameraReach: z.enum(['nobody', 'trainer', 'everyone']),
      heartRateReach: HeartRateReach,
      name: z.string().overwrite(oneLine).min(1, 'Say a name.').max(60),
    })
    .partial()
    .strict(),
  answer: ParticipantInfo,
  // Each change is told to every screen of the class.
  rateLimit: { limit: 120, windowSeconds: 60, by: ({ actor }) => actor.participantId },
  run: ({ actor, body }) => changeMe(actor, body),
})
