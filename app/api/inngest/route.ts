import { serve } from 'inngest/next'
import { completeSummariesOfProfile } from '@/inngest/complete-summaries'
import { forgetMessages } from '@/inngest/forget-messages'
import { summariseEndedClass } from '@/inngest/summarise-class'
import { sweep } from '@/inngest/sweep'
import { libraryOwned } from '@/lib/accounts/endpoint.server'
import { inngest } from '@/lib/platform/event.server'

export const maxDuration = 60

const handlers = serve({ client: inngest, functions: [summariseEndedClass, completeSummariesOfProfile, forgetMessages, sweep] })

export const GET = libraryOwned('inngest', handlers.GET)
export const POST = libraryOwned('inngest', handlers.POST)
export const PUT = libraryOwned('inngest', handlers.PUT)
