import { api } from '@/lib/platform/api.client'
import { type NewUpload, Uploaded } from './params'

/** Sends one packed recording into the caller's own history. Throws an AppError in the server's words. */
export const uploadRecording = (packed: Uint8Array<ArrayBuffer>, { source, externalId, title }: NewUpload): Promise<Uploaded> =>
  api('POST', `/api/activities?${new URLSearchParams({ source, externalId, ...(title ? { title } : {}) })}`, { bytes: packed, reply: Uploaded })
