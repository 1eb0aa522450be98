import { z } from 'zod'
import { account, endpoint } from '@/lib/accounts/endpoint.server'
import { NewTemplate } from '@/lib/classes/template'
import { saveTemplate } from '@/lib/classes/template.server'

export const POST = endpoint({
  summary: 'Keeps the settings and the plan of a series as a template, under a name.',
  actor: account,
  body: NewTemplate,
  answer: z.object({ templateId: z.string() }),
  run: ({ actor, body }) => saveTemplate(actor.personId, body),
})
