import { endpoint } from '@/lib/accounts/endpoint.server'
import { revokeSummaryLink, summaryLinkHolder } from '@/lib/summaries/summary-link.server'

export const POST = endpoint({
  summary: 'Makes a summary link stop working. The link itself is the proof: its token is sent as a bearer.',
  actor: summaryLinkHolder,
  run: ({ actor }) => revokeSummaryLink(actor),
})
