import { z } from 'zod'
import { defineEvent } from '@/lib/platform/event'

/** The workout is over; summaries start. The room may still talk. */
export const workoutEnded = defineEvent('classes/workout.ended', z.object({ classId: z.string() }))
/** Nobody may come in any more. */
export const roomClosed = defineEvent('classes/room.closed', z.object({ classId: z.string() }))
