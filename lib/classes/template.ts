import { z } from 'zod'
import { oneLine } from '@/lib/platform/one-line'
import { NewSeries } from './series'

/** What a template keeps: the answers of the form, without a time. */
export const TemplateSettings = z.object({
  title: NewSeries.shape.title,
  kind: NewSeries.shape.kind,
  durationMin: NewSeries.shape.durationMin,
  capacity: NewSeries.shape.capacity,
  heartRateReach: NewSeries.shape.heartRateReach,
  videoPlace: NewSeries.shape.videoPlace,
  videoUrl: NewSeries.shape.videoUrl,
  eachToEach: NewSeries.shape.eachToEach,
  payUrl: NewSeries.shape.payUrl,
  payNote: NewSeries.shape.payNote,
})
export type TemplateSettings = z.infer<typeof TemplateSettings>

/** POST /api/templates. The template is made from this series as it is now, with its plan. */
export const NewTemplate = z
  .object({
    seriesId: z.string().max(60).startsWith('ser_'),
    name: z.string().overwrite(oneLine).min(1, 'Give the template a name.').max(80, 'Use at most 80 characters.'),
  })
  .strict()
export type NewTemplate = z.infer<typeof NewTemplate>

export type TemplateCard = { readonly templateId: string; readonly name: string; readonly settings: TemplateSettings }
