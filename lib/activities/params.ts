import { z } from 'zod'
import { oneLine } from '@/lib/platform/one-line'

export const ActivityParams = z.object({ activityId: z.string().max(60) })

/** What a person puts in themselves. `externalId`: of a file its SHA-256, of Apple Health the workout's own name there. */
export const NewUpload = z.object({
  source: z.enum(['file', 'apple_health']),
  externalId: z.string().regex(/^[\w:.+-]{1,120}$/),
  title: z.string().overwrite(oneLine).max(80).optional(),
})
export type NewUpload = z.infer<typeof NewUpload>
export const Uploaded = z.object({ outcome: z.enum(['saved', 'updated', 'unchanged']), activityId: z.string() })
export type Uploaded = z.infer<typeof Uploaded>

export const Rename = z.strictObject({ title: z.string().overwrite(oneLine).max(80).nullable() })

export const EXPORT_FORMATS = ['fit', 'tcx', 'gpx', 'csv', 'json'] as const
export const ExportQuery = z.object({ format: z.enum(EXPORT_FORMATS) })
