import { account, endpoint } from '@/lib/accounts/endpoint.server'
import { TemplateParams } from '@/lib/classes/params'
import { deleteTemplate } from '@/lib/classes/template.server'

export const DELETE = endpoint({
  summary: 'Deletes a template of one’s own; classes made from it stay.',
  actor: account,
  params: TemplateParams,
  run: ({ actor, params }) => deleteTemplate(actor.personId, params.templateId),
})
