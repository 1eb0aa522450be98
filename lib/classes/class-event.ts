import { z } from 'zod'
import { defineEvent } from '@/lib/platform/event'

/** The workout is over; summaries start. The room may still talk. */
export const workoutEnded = defineEvent('classes/workout.ended', z.object({ classId: z.string() }))
/** Nobody may come in any more. */
export const roomClosed = defineEvent('classes/room.closed', z.object({ classId: z.string() }))
/** An occurrence is off; whoever asked to hear of the series is told once. */
export const classCancelled = defineEvent('classes/class.cancelled', z.object({ classId: z.string() }))
/** An occurrence was moved to another time. */
export const classMoved = defineEvent('classes/class.moved', z.object({ classId: z.string() }))
/** A place came free and the first in line has it. */
export const bookingPromoted = defineEvent('classes/booking.promoted', z.object({ bookingId: z.string() }))
/** An announcement or a word in a series' thread, for those who asked to hear it. */
export const messagePosted = defineEvent('classes/message.posted', z.object({ messageId: z.string() }))
