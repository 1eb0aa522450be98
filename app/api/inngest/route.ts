import { serve } from 'inngest/next'
import { completeSummariesOfProfile } from '@/inngest/complete-summaries'
import { forgetMessages } from '@/inngest/forget-messages'
import { makeOccurrencesAhead } from '@/inngest/make-occurrences'
import { sealRecords } from '@/inngest/seal-records'
import { sendDueNotices } from '@/inngest/send-due-notices'
import { shutRooms } from '@/inngest/shut-rooms'
import { summariseEndedClass } from '@/inngest/summarise-class'
import { sweep } from '@/inngest/sweep'
import { followWebhook, readNewConnection, readThePast, reconcileProviders, sendOn, tendProviders } from '@/inngest/sync-providers'
import { tellOfCancelledClass, tellOfMessage, tellOfMovedClass, tellOfPromotion } from '@/inngest/tell-news'
import { libraryOwned } from '@/lib/accounts/endpoint.server'
import { inngest } from '@/lib/platform/event.server'

export const maxDuration = 60

const functions = [
  ...[summariseEndedClass, completeSummariesOfProfile, sweep],
  ...[forgetMessages, makeOccurrencesAhead, sealRecords, shutRooms],
  ...[sendDueNotices, tellOfCancelledClass, tellOfMovedClass, tellOfPromotion, tellOfMessage],
  ...[followWebhook, readNewConnection, readThePast, sendOn, reconcileProviders, tendProviders],
]
const handlers = serve({ client: inngest, functions })

export const GET = libraryOwned('inngest', handlers.GET)
export const POST = libraryOwned('inngest', handlers.POST)
export const PUT = libraryOwned('inngest', handlers.PUT)
