import 'server-only'
import { getShareable } from '@/lib/activities/activity-reading.server'
import { writeFit } from '@/lib/formats/fit-writer'
import { AppError } from '@/lib/platform/app-error'
import { db } from '@/lib/platform/db.server'
import type { UploadState } from './provider'
import { isTrouble, ProviderError } from './provider-error'
import { type Call, withAccess } from './tokens.server'

/**
 * Sends our own recording of a class, with every RR interval, to a source that takes it. Only our own: what came from one provider is not
 * handed to another. Throws `not_found`, `conflict` for anything else, `unavailable` with when to try again.
 */
export async function sendRecording(personId: string, connectionId: string, activityId: string): Promise<UploadState> {
  await requireUploads(personId, connectionId)
  const { source, recording, title, sport, classId } = await getShareable(personId, activityId)
  if (source !== 'class_recording' || !recording) throw new AppError('conflict', 'Only what Pulseroom itself recorded in a class can be sent on.')
  const upload = { fit: writeFit(recording), externalId: `pulseroom-${classId ?? activityId}`, title: title ?? 'Live class', sport }
  return await asked(connectionId, ({ access }, uploads) => uploads.send(access, upload))
}

/** What became of it; most often it is there within two seconds. */
export async function askForUpload(personId: string, connectionId: string, uploadId: string): Promise<UploadState> {
  await requireUploads(personId, connectionId)
  return await asked(connectionId, ({ access }, uploads) => uploads.ask(access, uploadId))
}

async function requireUploads(personId: string, connectionId: string): Promise<void> {
  const connection = await db.connection.findFirst({ where: { id: connectionId, personId, status: 'active' }, select: { purposes: true } })
  if (!connection) throw new AppError('not_found', 'This source is not connected. Connect it first.')
  if (!connection.purposes.includes('upload')) throw new AppError('conflict', 'You have not allowed Pulseroom to send recordings there. Connect it again and tick it.')
}

type Uploads = NonNullable<Call['provider']['uploads']>

/** The person waits for the answer, so a provider's trouble is told in words. */
async function asked(connectionId: string, work: (call: Call, uploads: Uploads) => Promise<UploadState>): Promise<UploadState> {
  try {
    return await withAccess(connectionId, async (call) => {
      if (!call.provider.uploads) throw new AppError('conflict', 'This source takes no recordings.')
      return await work(call, call.provider.uploads)
    })
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    if (isTrouble(error, 'token_refused', 'grant_refused', 'not_allowed')) throw new AppError('conflict', 'The source does not let us in any more. Connect it again on the page of your connections.')
    throw new AppError('unavailable', 'The source takes nothing just now. Try again in a quarter of an hour.')
  }
}
