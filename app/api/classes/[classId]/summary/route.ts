import { endpoint } from '@/lib/accounts/endpoint.server'
import { onceInClass } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { AppError } from '@/lib/platform/app-error'
import { OwnSummary } from '@/lib/summaries/own-summary'
import { findOwnSummary } from '@/lib/summaries/own-summary.server'

export const GET = endpoint({
  summary: "The caller's own summary of this class.",
  actor: onceInClass,
  params: ClassParams,
  answer: OwnSummary,
  run: async ({ actor }) => {
    const summary = await findOwnSummary(actor.classId, actor.personId)
    if (!summary) throw new AppError('not_found', 'There is no summary yet. It is computed when the workout ends.')
    return summary
  },
})
