import { endpoint } from '@/lib/accounts/endpoint.server'
import { onceInClass } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { AppError } from '@/lib/platform/app-error'
import { eraseRecord } from '@/lib/privacy/data-subject.server'
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

export const DELETE = endpoint({
  summary: 'Deletes what the caller recorded in this class, the summary made of it, and every link to it. That they came stays.',
  actor: onceInClass,
  params: ClassParams,
  run: ({ actor }) => eraseRecord(actor),
})
