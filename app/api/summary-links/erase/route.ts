import { endpoint } from '@/lib/accounts/endpoint.server'
import { eraseRecord } from '@/lib/privacy/data-subject.server'
import { summaryLinkHolder } from '@/lib/summaries/summary-link.server'

export const POST = endpoint({
  summary: 'Deletes the summary that the link opens, the samples it was made of, and every link to it. The token is sent as a bearer.',
  actor: summaryLinkHolder,
  run: ({ actor }) => eraseRecord(actor),
})
