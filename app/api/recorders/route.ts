import { z } from 'zod'
import { type ActorRule, endpoint } from '@/lib/accounts/endpoint.server'
import { type Participant, participantOfClass } from '@/lib/classes/actor.server'
import { OpenedRecorder, OpenRecorder } from '@/lib/telemetry/chunk'
import { openRecorder } from '@/lib/telemetry/open-recorder.server'

/** The class is named in the body, which is not validated yet when the caller is looked for. */
const participantOfBody: ActorRule<Participant> = {
  name: participantOfClass.name,
  resolve: (request, _params, body) => {
    const { classId } = z.object({ classId: z.string() }).catch({ classId: '' }).parse(body)
    return participantOfClass.resolve(request, { classId }, body)
  },
}

export const POST = endpoint({
  summary:
    'Opens a recorder, one run of one source on one device, and gives the grant to append to it. The same run again: the same recorder.',
  actor: participantOfBody,
  body: OpenRecorder,
  answer: OpenedRecorder,
  rateLimit: { limit: 120, windowSeconds: 3600, by: ({ actor }) => actor.participantId },
  run: ({ actor, body }) => openRecorder(actor, body),
})
