import { z } from 'zod'
import { NewUpload } from './params'

/** Which of these are in the history already, so that they need not be sent again. */
export const AskKnown = z.object({ source: NewUpload.shape.source, externalIds: z.array(NewUpload.shape.externalId).max(1_000) })
export type AskKnown = z.infer<typeof AskKnown>
export const KnownActivities = z.object({ known: z.array(z.string()) })
