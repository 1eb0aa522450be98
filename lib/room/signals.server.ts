import 'server-only'
import type { Participant } from '@/lib/classes/actor.server'
import { AppError } from '@/lib/platform/app-error'
import { publishBatch } from '@/lib/platform/realtime.server'
import { countMessages } from './cost.server'
import { channels, SIGNAL, type SignalEnvelope } from './room-event'
import { isScreenOfClass, requireOwnScreen } from './screen.server'
import type { SignalRequest } from './signals'

/**
 * Passes signals to one other screen of the same class, marked with the sender's screen, which we vouch for.
 * Throws `not_allowed`, `unavailable`.
 */
export async function sendSignals(participant: Participant, { screenId, screenToken, to, signals }: SignalRequest): Promise<void> {
  requireOwnScreen({ screenId, screenToken }, participant)
  if (!isScreenOfClass(to, participant.classId)) throw new AppError('not_allowed', 'That screen is not in this class.')
  await publishBatch(
    signals.map(({ connectionId, signal }) => {
      const data: SignalEnvelope = { from: screenId, connectionId, signal }
      return { channel: channels.screen(to), name: SIGNAL, data }
    }),
  )
  await countMessages(participant.classId, signals.length)
}
