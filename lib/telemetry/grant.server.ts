import 'server-only'
import { findBearerRow } from '@/lib/accounts/bearer.server'
import type { ActorRule } from '@/lib/accounts/endpoint.server'
import { AppError } from '@/lib/platform/app-error'
import { findBearer } from '@/lib/platform/http.server'

export type Grant = { readonly recorderId: string }

/** Whoever holds the grant that came with this very recorder. It appends to it and opens nothing else; no sign-in is needed or looked at. */
export const recorderGrant: ActorRule<Grant, { recorderId: string }> = {
  name: "the recorder's own grant",
  async resolve(request, { recorderId }) {
    const token = findBearer(request)
    const row = token === undefined ? undefined : await findBearerRow(token, 'recorder')
    if (row === undefined || row.recorderId !== recorderId)
      throw new AppError('invalid_grant', 'This upload is not allowed (any more). Open the class again to start a new one.')
    return { recorderId }
  },
}
