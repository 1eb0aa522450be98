import { account, endpoint } from '@/lib/accounts/endpoint.server'
import { exportPerson } from '@/lib/privacy/data-subject.server'

/** JSON has no whole number of any size; keys of that kind are exported as text. */
const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value)

export const GET = endpoint({
  summary: 'Everything that is held about the caller, by kind, as a file.',
  actor: account,
  rateLimit: { limit: 20, windowSeconds: 3600, by: ({ actor }) => actor.personId },
  run: async ({ actor }) =>
    new Response(JSON.stringify(await exportPerson(actor.personId), plain), {
      headers: { 'content-type': 'application/json; charset=utf-8', 'content-disposition': 'attachment; filename="pulseroom.json"' },
    }),
})
