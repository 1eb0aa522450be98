import { bookingPromoted, classCancelled, classMoved, messagePosted } from '@/lib/classes/class-event'
import { tellCancelled, tellMessage, tellMoved, tellPromoted } from '@/lib/classes/tell-news.server'
import { inngest, on } from '@/lib/platform/event.server'

/** What happened to a class, a booking or a conversation reaches those it concerns. A retry tells only those who were not told yet. */
export const tellOfCancelledClass = inngest.createFunction(
  { id: 'tell-of-cancelled-class', triggers: [on(classCancelled)], retries: 5 },
  async ({ event, step }) => await step.run('tell', () => tellCancelled(event.data.classId)),
)
export const tellOfMovedClass = inngest.createFunction(
  { id: 'tell-of-moved-class', triggers: [on(classMoved)], retries: 5 },
  async ({ event, step }) => await step.run('tell', () => tellMoved(event.data.classId)),
)
export const tellOfPromotion = inngest.createFunction(
  { id: 'tell-of-promotion', triggers: [on(bookingPromoted)], retries: 5 },
  async ({ event, step }) => await step.run('tell', () => tellPromoted(event.data.bookingId)),
)
export const tellOfMessage = inngest.createFunction(
  { id: 'tell-of-message', triggers: [on(messagePosted)], retries: 5 },
  async ({ event, step }) => await step.run('tell', () => tellMessage(event.data.messageId)),
)
