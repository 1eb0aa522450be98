import { ROUTE_FILES } from './route-files'
import { declaredRoutes, describeApi } from '@/lib/accounts/declaration'
import { anyone, endpoint } from '@/lib/accounts/endpoint.server'
import { env } from '@/lib/platform/env.server'

export const GET = endpoint({
  summary: 'This API, described by itself.',
  actor: anyone,
  run: () =>
    describeApi(
      Object.entries(ROUTE_FILES).flatMap(([path, file]) => declaredRoutes(path, file)),
      env().APP_URL,
    ),
})
