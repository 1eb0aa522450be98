import { z } from 'zod'

export const ConnectionParams = z.object({ connectionId: z.string().max(60).startsWith('con_') })
